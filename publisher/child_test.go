package publisher

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// The test binary runs parts of tests in a process of its own: whoever sets this variable gets that part instead of the tests.
const childVariable = "PUBLISHER_TEST_CHILD" // "<part> <data directory>"

func child() bool {
	part, dir, ok := strings.Cut(os.Getenv(childVariable), " ")
	if !ok {
		return false
	}
	ctx := context.Background()
	b, err := Open(ctx, Config{DataDir: dir}, slog.New(slog.DiscardHandler))
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	switch part {
	case "hold": // until stdin is closed
		fmt.Println("open")
		_, _ = io.Copy(io.Discard, os.Stdin)
		b.Close()
	case "publish": // until killed; each line is a promise
		go func() { // do not outlive the test
			_, _ = io.Copy(io.Discard, os.Stdin)
			os.Exit(3)
		}()
		for i := 0; ; i++ {
			s := testSnapshot(i, fmt.Sprintf("Seite %d", i))
			seq, err := b.Append(ctx, s)
			if err != nil {
				fmt.Println("error", err)
				os.Exit(1)
			}
			fmt.Println("raw", i, seq)
			if _, _, err := publishRelease(ctx, b, testRelease(s, fmt.Sprintf("Text %d", i))); err != nil {
				fmt.Println("error", err)
				os.Exit(1)
			}
			fmt.Println("release", i)
		}
	case "together": // as publish, sixteen at a time
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			os.Exit(3)
		}()
		publishTogether(ctx, b)
	}
	return true
}

func publishTogether(ctx context.Context, b *Bus) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for {
				i := int(next.Add(1))
				if _, _, err := publishRelease(ctx, b, testRelease(testSnapshot(i, "x"), fmt.Sprintf("Text %d", i))); err != nil {
					fmt.Println("error", err)
					os.Exit(1)
				}
				fmt.Printf("release %d\n", i)
			}
		})
	}
	wg.Wait()
}

// childProcess is a running part.
type childProcess struct {
	cmd *exec.Cmd
	in  io.Closer
	out *bufio.Scanner
}

func startChild(t *testing.T, part, dir string) *childProcess {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), childVariable+"="+part+" "+dir)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return &childProcess{cmd, in, bufio.NewScanner(out)}
}

func (c *childProcess) line(t *testing.T) string {
	t.Helper()
	if !c.out.Scan() {
		t.Fatalf("the child says nothing more: %v", c.out.Err())
	}
	return c.out.Text()
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
