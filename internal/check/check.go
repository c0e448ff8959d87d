// Package check holds the rules for content, one a file. Rules are pure: they see values and return diagnostics. What cannot be
// read or parsed at all is reported by loading, and what differs between a text and its translation by localising.
package check

import (
	"lectern/internal/course"
	"lectern/internal/diag"
)

// A rule looks at the library in its own language.
type rule func(course.Library) []diag.Diagnostic

var rules = []rule{}

// Run applies every rule. lib is the work in its own language; works are what a build would show, in every language.
func Run(lib course.Library, works []course.Work) []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, r := range rules {
		out = append(out, r(lib)...)
	}
	return out
}
