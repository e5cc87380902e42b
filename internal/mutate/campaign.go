package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// campaign runs the tests and the program with changed numbers.
type campaign struct {
	dir     string // of its own files
	pages   string
	notests bool
	records []string // as the program gives them unchanged
}

// result is what a change does.
type result struct {
	noticed bool // a test fails
	records int  // records that are no longer the same
}

func (c *campaign) both(m mutation) (half, double result, err error) {
	if half, err = c.try(m, m.half()); err == nil {
		double, err = c.try(m, m.double())
	}
	return half, double, err
}

func (c *campaign) try(m mutation, value string) (result, error) {
	overlay, err := c.lay(m, value)
	if err != nil {
		return result{}, err
	}
	var r result
	if !c.notests {
		// A change that does not compile is noticed as well: an array may be too short.
		r.noticed = exec.Command("go", "test", "-short", "-failfast", "-overlay", overlay, "./"+filepath.Dir(m.file), "./parser").Run() != nil
	}
	if c.pages == "" {
		return r, nil
	}
	now, err := c.read(overlay)
	if err != nil {
		return r, err
	}
	for i, rec := range c.records {
		if i >= len(now) || now[i] != rec {
			r.records++
		}
	}
	return r, nil
}

// lay writes the changed file and the overlay that puts it in the place of the other.
func (c *campaign) lay(m mutation, value string) (string, error) {
	changed, overlay := filepath.Join(c.dir, "limits.go"), filepath.Join(c.dir, "overlay.json")
	abs, err := filepath.Abs(m.file)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(map[string]map[string]string{"Replace": {abs: changed}})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(changed, []byte(m.with(value)), 0o600); err != nil {
		return "", err
	}
	return overlay, os.WriteFile(overlay, text, 0o600)
}

// read builds the program and gives the records of all pages, one a line.
func (c *campaign) read(overlay string) ([]string, error) {
	program := filepath.Join(c.dir, "program")
	args := []string{"build", "-o", program}
	if overlay != "" {
		args = append(args, "-overlay", overlay)
	}
	if out, err := exec.Command("go", append(args, ".")...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build: %w: %s", err, out)
	}
	var stdout bytes.Buffer
	cmd := exec.Command(program, "parse", "--jsonl", c.pages)
	cmd.Stdout = &stdout
	_ = cmd.Run() // pages that are no release make it fail, and are lines like the others
	var lines []string
	for l := range bytes.Lines(stdout.Bytes()) {
		lines = append(lines, string(l))
	}
	return lines, nil
}
