package locale

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/markdown"
)

// compare reports where a translation's markup, numbers or placeholders are not its source's.
func compare(pos diag.Pos, t course.Text) []diag.Diagnostic {
	var diags []diag.Diagnostic
	if strings.Contains(t.Value, "{{") || strings.Contains(t.Source, "{{") {
		if d := missing(placeholders(t.Source), placeholders(t.Value)); d != "" {
			diags = append(diags, diag.Errorf(pos, "po-placeholder", "copy what stands between {{ and }} from the source", "placeholders differ: %s", d))
		}
	}
	if strings.Contains(t.Value, "[[") || strings.Contains(t.Source, "[[") {
		if d := missing(marks(t.Source), marks(t.Value)); d != "" {
			diags = append(diags, diag.Errorf(pos, "po-marks", "write [[id: the words]] in the translation with each id of the source", "words to mark differ: %s", d))
		}
	}
	if strings.ContainsFunc(t.Value, course.Forbidden) || course.ForbiddenReference(t.Value) >= 0 {
		diags = append(diags, diag.Errorf(pos, "text-encoding", "remove it", "the translation holds a control or private-use character"))
	}
	if course.Shortcode(t.Value) >= 0 {
		diags = append(diags, diag.Errorf(pos, "shortcode", "write the text itself; put a space between the braces to show them", "text cannot call templates"))
	}
	if t.Kind.Markdown() {
		diags = append(diags, compareMarkup(pos, t)...)
	}
	if d := missing(numbers(t.Source, t.Source), numbers(t.Source, t.Value)); d != "" {
		diags = append(diags, diag.Warnf(pos, "po-numbers", "check the numbers against the source", "numbers differ: %s", d))
	}
	return diags
}

func compareMarkup(pos diag.Pos, t course.Text) []diag.Diagnostic {
	if !markdown.Marked(t.Source) && !markdown.Marked(t.Value) {
		return nil
	}
	if markdown.SameShape(t.Source, t.Value) {
		return nil
	}
	source, value := markdown.ShapeOf(t.Source), markdown.ShapeOf(t.Value)
	var diags []diag.Diagnostic
	report := func(rule, what, hint string, a, b []string) {
		if d := missing(a, b); d != "" {
			diags = append(diags, diag.Errorf(pos, rule, hint, "%s differ: %s", what, d))
		}
	}
	report("po-links", "links", "keep every destination as it is; translate only what stands in the brackets", source.Links, value.Links)
	report("po-code", "code spans", "copy what stands between backquotes from the source", source.Code, value.Code)
	report("po-footnotes", "footnotes", "keep every [^mark] of the source", source.Footnotes, value.Footnotes)
	report("po-emphasis", "emphasis and strong marks", "put as many *words* and **words** as the source has; next to Chinese punctuation move the marks",
		source.Emphasis, value.Emphasis)
	report("po-structure", "blocks", `begin as the source begins; write a backslash before a mark that makes a list, a heading or a quotation`, source.Blocks, value.Blocks)
	if value.HTML && !source.HTML {
		diags = append(diags, markdown.RawHTML(pos))
	}
	return diags
}

// missing describes how two multisets differ, in a few words; "" when they do not.
func missing(source, value []string) string {
	if slices.Equal(source, value) {
		return ""
	}
	count := map[string]int{}
	for _, s := range source {
		count[s]++
	}
	for _, v := range value {
		count[v]--
	}
	var lost, added []string
	for s, n := range count {
		for ; n > 0; n-- {
			lost = append(lost, fmt.Sprintf("%q", s))
		}
		for ; n < 0; n++ {
			added = append(added, fmt.Sprintf("%q", s))
		}
	}
	slices.Sort(lost)
	slices.Sort(added)
	var parts []string
	if len(lost) > 0 {
		parts = append(parts, "missing "+strings.Join(lost, ", "))
	}
	if len(added) > 0 {
		parts = append(parts, "added "+strings.Join(added, ", "))
	}
	return strings.Join(parts, "; ")
}

var placeholder = regexp.MustCompile(`(?s)\{\{.*?\}\}`)

// withoutPlaceholders takes the placeholders out of a source when the value has none.
func withoutPlaceholders(source, value string) string {
	if strings.Contains(value, "{{") {
		return source
	}
	return placeholder.ReplaceAllString(source, "")
}

var mark = regexp.MustCompile(`\[\[([a-z0-9-]+): [^\]]+\]\]`)

// marks lists the ids of [[id: words]], which learners mark in a text.
func marks(s string) []string {
	var out []string
	for _, m := range mark.FindAllStringSubmatch(s, -1) {
		out = append(out, m[1])
	}
	return out
}

func placeholders(s string) []string { return placeholder.FindAllString(s, -1) }

// numbers lists the numbers in a text, a source or its translation, whatever their digits and separators. Those in destinations and
// footnote marks are markup, and "1990s" is a word in most languages.
func numbers(source, s string) []string {
	if !hasDigit(s) { // most texts; what follows is a hundred times slower
		return nil
	}
	s = withoutDestinations(s)
	if !hasDigit(s) {
		return nil
	}
	s = withoutDecades(source, s)
	var out []string
	runes := []rune(s)
	for i := 0; i < len(runes); i++ {
		if !unicode.IsDigit(runes[i]) {
			continue
		}
		var n strings.Builder
		for ; i < len(runes); i++ {
			if unicode.IsDigit(runes[i]) {
				n.WriteRune('0' + course.Digit(runes[i]))
			} else if !separates(runes, i) {
				break
			}
		}
		out = append(out, n.String())
	}
	return out
}

// hasDigit reports a decimal digit of any script.
func hasDigit(s string) bool {
	for i := range len(s) {
		switch b := s[i]; {
		case b >= '0' && b <= '9':
			return true
		case b >= 0xd9 && b < 0xe3, b > 0xe9: // Latin, Greek, Cyrillic and Chinese have none beyond those
			return strings.IndexFunc(s[i:], unicode.IsDigit) >= 0
		}
	}
	return false
}

// withoutDestinations takes out the destinations of links and the names of footnotes.
func withoutDestinations(s string) string {
	for _, mark := range [][2]string{{"](", ")"}, {"[^", "]"}} {
		var out strings.Builder
		for {
			before, rest, found := strings.Cut(s, mark[0])
			_, after, closed := strings.Cut(rest, mark[1])
			if !found || !closed {
				break
			}
			out.WriteString(before + "] ")
			s = after
		}
		s = out.String() + s
	}
	return s
}

var decade = regexp.MustCompile(`\b(\d{3}0)s\b`)

// withoutDecades takes the decades of the source out of a text.
func withoutDecades(source, text string) string {
	if !strings.Contains(source, "0s") {
		return text
	}
	for _, m := range decade.FindAllStringSubmatch(source, -1) {
		text = strings.ReplaceAll(text, m[1], "")
	}
	return text
}

// separates reports a mark inside a number that groups its thousands: three digits and no fourth follow it.
func separates(runes []rune, i int) bool {
	if !strings.ContainsRune(",.\u00a0\u2009\u202f\u066c'’", runes[i]) {
		return false
	}
	n := 0
	for j := i + 1; j < len(runes) && unicode.IsDigit(runes[j]); j++ {
		n++
	}
	return n == 3
}
