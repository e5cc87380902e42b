//go:build unix

package publisher

import "golang.org/x/sys/unix"

// diskRoom is the room that is left for this user on the file system of dir, and how large it is, in bytes.
func diskRoom(dir string) (free, total uint64, err error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, 0, err
	}
	return st.Bavail * uint64(st.Bsize), st.Blocks * uint64(st.Bsize), nil
}
