// Package diag is how Lectern talks to authors: a diagnostic points at a line of their source, names the rule,
// says what is wrong and what to do. It knows nothing about content. Machine failures travel as Go errors instead.
package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// Pos is a place in a source file. Line and Col count from 1; Col counts characters, not bytes, as editors do.
// A zero Line means the file as a whole.
type Pos struct {
	File string `json:"file"`
	Line int    `json:"line,omitempty"`
	Col  int    `json:"col,omitempty"`
}

// String is file:line:col, leaving out what is not known.
func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// Severity says whether a diagnostic stops a build.
type Severity string

const (
	Error   Severity = "error"   // the build stops before anything is written
	Warning Severity = "warning" // the build goes on and counts it
)

// Diagnostic is one finding. Message is lower case without a full stop; Hint says what to do and is never empty for an Error.
type Diagnostic struct {
	Pos
	Severity Severity `json:"severity"`
	Rule     string   `json:"rule"`
	Message  string   `json:"message"`
	Hint     string   `json:"hint,omitempty"`
}

// Errorf makes an error for the author.
func Errorf(pos Pos, rule, hint, format string, args ...any) Diagnostic {
	return Diagnostic{Pos: pos, Severity: Error, Rule: rule, Hint: hint, Message: fmt.Sprintf(format, args...)}
}

// Warnf makes a warning for the author.
func Warnf(pos Pos, rule, hint, format string, args ...any) Diagnostic {
	return Diagnostic{Pos: pos, Severity: Warning, Rule: rule, Hint: hint, Message: fmt.Sprintf(format, args...)}
}

// String is the one-line form, without the hint.
func (d Diagnostic) String() string {
	return fmt.Sprintf("%s: %s: %s [%s]", d.Pos, d.Severity, d.Message, d.Rule)
}

// Sort orders diagnostics by place and removes exact repeats.
func Sort(ds []Diagnostic) []Diagnostic {
	slices.SortStableFunc(ds, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(ds)
}

// Count tells how many errors and warnings there are.
func Count(ds []Diagnostic) (errors, warnings int) {
	for _, d := range ds {
		if d.Severity == Error {
			errors++
		} else {
			warnings++
		}
	}
	return errors, warnings
}
