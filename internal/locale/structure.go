package locale

import (
	"slices"
	"sort"
	"strings"

	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/markdown"
)

// structure reports a page whose translations, each good by itself, make another page than the source: a line break in a
// heading, a bar in a table's cell, a bracket in an alternative text.
func (l *localiser) structure(p course.Page) {
	var risky []int
	for i, s := range p.Body.Segments {
		if s.State != course.Translated || s.Value == s.Source || !breaksOut(s.Kind, s.Value) {
			continue
		}
		if errs, _ := diag.Count(compare(diag.Pos{}, s.Text)); errs == 0 { // and not reported already
			risky = append(risky, i)
		}
	}
	if len(risky) == 0 {
		return
	}
	// with tells whether the page keeps its structure with the first n of the risky translations.
	with := func(n int) bool {
		at := map[int]bool{}
		for _, i := range risky[:n] {
			at[p.Body.Segments[i].Start] = true
		}
		value := func(s course.Segment) string {
			if at[s.Start] {
				return s.Value
			}
			return s.Source
		}
		src := p.Body.Splice(value)
		body, diags := markdown.Parse(diag.NewLines(p.File, src), 0, src)
		return len(diags) == 0 && slices.Equal(outline(body, func(s course.Segment) string { return s.Source }), outline(p.Body, value))
	}
	if with(len(risky)) || !with(0) { // or the source itself has faults, which loading reported
		return
	}
	first := sort.Search(len(risky), func(i int) bool { return !with(i + 1) })
	c := l.catalogues.domain(p.Domain)
	e := c.find(p.Domain, p.Body.Segments[risky[first]].Text)
	l.diags = append(l.diags, diag.Errorf(diag.Pos{File: c.name, Line: e.StrLine}, "po-structure",
		"write one line, and a backslash before brackets, bars and quotation marks that are text",
		"the translation changes the structure of the page"))
}

// breaksOut reports a translation that may end the place it stands in. Most do not, and need no parser.
func breaksOut(kind course.Kind, value string) bool {
	switch kind {
	case course.KindHeading, course.KindBoxTitle, course.KindCell, course.KindAlt, course.KindCaption:
		return strings.ContainsAny(value, "\n|\\[]<>\"`&#")
	}
	return strings.Contains(value, "\n") || strings.HasPrefix(value, " ") || strings.HasPrefix(value, ":") || strings.HasPrefix(value, "[")
}

// outline is what a translation must leave as it is: the texts in their order, the blocks and the links.
func outline(b course.Body, value func(course.Segment) string) []string {
	var out, links []string
	for _, s := range b.Segments {
		out = append(out, string(s.Kind)+" "+strings.Join(strings.Fields(value(s)), " "))
	}
	for _, block := range b.Blocks {
		out = append(out, string(block.Kind)+" "+block.Name)
		if block.Kind == course.Fence {
			out = append(out, block.Text)
		}
	}
	for _, link := range b.Links {
		links = append(links, link.Dest)
	}
	slices.Sort(links)
	return append(out, links...)
}
