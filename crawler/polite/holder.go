package polite

import (
	"crypto/rand"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
)

// Holder is a name for this process that tells another one on the same machine whether it still runs: the machine, where processes are
// counted together, the number, and a word that no other process has.
func Holder() string {
	machine, err := os.Hostname()
	if err != nil {
		machine = "?"
	}
	space, err := os.Readlink("/proc/self/ns/pid")
	if err != nil {
		space = "-"
	}
	word := rand.Text()[:8]
	words.Store(word, true)
	return fmt.Sprintf("%s %s %d %s", strings.ReplaceAll(machine, " ", "_"), space, os.Getpid(), word)
}

// Dead reports whether a holder surely runs no more.
func Dead(holder, me string) bool {
	h, m := strings.Fields(holder), strings.Fields(me)
	if len(h) != 4 || len(m) != 4 || h[0] != m[0] || h[1] != m[1] || h[1] == "-" {
		return false
	}
	if h[2] == m[2] {
		return h[3] != m[3] && !ours(h[3]) // our number: whoever had it before is gone
	}
	pid, err := strconv.Atoi(h[2])
	return err == nil && !running(pid)
}

// words are those of the holders in this process, of which a test may have several.
var words sync.Map

func ours(word string) bool {
	_, ok := words.Load(word)
	return ok
}
