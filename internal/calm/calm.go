// Package calm is for tests alone: what they need to pass on the slowest and busiest machine. What is waited for here comes at once on one that
// has nothing else to do; how long it is waited for says nothing of how fast it should be.
package calm

import (
	"fmt"
	"net"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// Long is how long a test waits before it gives up: less than go test does, so that it is the test that says what did not come.
const Long = 3 * time.Minute

// Until waits for something that there is no event for.
func Until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(Long); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("waited in vain until " + what)
		}
	}
}

// Aside is an address of this machine, without a port, where somebody may listen who goes and comes back. On 127.0.0.1, from where connections go out,
// each of them may take the port meanwhile.
func Aside(t testing.TB) (host string) {
	t.Helper()
	pid := os.Getpid()
	host = fmt.Sprintf("127.%d.%d.%d", 64+pid>>16&63, pid>>8&255, pid&255)
	l, err := net.Listen("tcp", host+":0")
	if err != nil {
		return "127.0.0.1" // not every system has more than one
	}
	l.Close()
	return host
}

// Addresses are n addresses aside on which nobody listens yet.
func Addresses(t testing.TB, n int) (list []*net.TCPAddr) {
	t.Helper()
	host := Aside(t)
	for range n {
		l, err := net.Listen("tcp", host+":0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close() // not before the others are known
		list = append(list, l.Addr().(*net.TCPAddr))
	}
	return list
}

// Main is a TestMain that wants no goroutine to be left, and gives those that are about to end the time for it.
func Main(m *testing.M) { goleak.VerifyTestMain(settled{m}) }

type settled struct{ *testing.M }

func (s settled) Run() int {
	code := s.M.Run()
	for deadline := time.Now().Add(Long); goleak.Find() != nil && time.Now().Before(deadline); {
	}
	return code
}

// Homeless runs tests without the home of who runs them: what the program keeps where nobody says where is in a directory of its own until they end.
func Homeless(m *testing.M) interface{ Run() int } { return homeless{m} }

type homeless struct{ *testing.M }

func (h homeless) Run() int {
	dir, err := os.MkdirTemp("", "kreispresse-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Setenv("XDG_STATE_HOME", dir); err != nil {
		panic(err)
	}
	return h.M.Run()
}
