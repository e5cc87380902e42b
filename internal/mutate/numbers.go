package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
)

// mutation is a number of a limits.go that can be changed.
type mutation struct {
	file       string
	name       string
	value      string // as it is written
	start, end int    // of the value in the file, in bytes
	src        string
}

// with is the file with another value for the number.
func (m mutation) with(value string) string { return m.src[:m.start] + value + m.src[m.end:] }

// half and double are the two changes: values far off, and never the same.
func (m mutation) half() string   { return m.scaled(0.5) }
func (m mutation) double() string { return m.scaled(2) }

func (m mutation) scaled(by float64) string {
	if n, err := strconv.Atoi(m.value); err == nil {
		x := int(float64(n) * by)
		if x == n {
			x++
		}
		return strconv.Itoa(x)
	}
	f, _ := strconv.ParseFloat(m.value, 64)
	s := strconv.FormatFloat(f*by, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// mutations are the constants of a file that are plain numbers. Signs stay: the number behind them is changed.
func mutations(file string) ([]mutation, error) {
	src, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, file, src, 0)
	if err != nil {
		return nil, err
	}
	var out []mutation
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, spec := range g.Specs {
			v := spec.(*ast.ValueSpec)
			for i, value := range v.Values {
				if lit := literal(value); lit != nil {
					start := set.Position(lit.Pos()).Offset
					out = append(out, mutation{file, v.Names[i].Name, lit.Value, start, start + len(lit.Value), string(src)})
				}
			}
		}
	}
	return out, nil
}

// literal is the number in an expression such as 5, -3.5 or 90 * time.Second.
func literal(e ast.Expr) *ast.BasicLit {
	switch x := e.(type) {
	case *ast.BasicLit:
		if x.Kind == token.INT || x.Kind == token.FLOAT {
			return x
		}
	case *ast.UnaryExpr:
		return literal(x.X)
	case *ast.BinaryExpr:
		return literal(x.X)
	}
	return nil
}
