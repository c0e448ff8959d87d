package markdown

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark/text"

	"lectern/internal/diag"
)

// lesson is a page of about 1,400 words with what lessons hold.
func lesson() string {
	var out strings.Builder
	for i := range 10 {
		fmt.Fprintf(&out, "## Heading %d\n\n%s **strong words** and [a link](../other/%d-page.md#heading).[^%d]\n\n", i, strings.Repeat("A sentence with some words in it. ", 12), i, i)
		out.WriteString("- an item with [a term](term:debt)\n- another *item*\n\n> [!CASE] A title\n>\n> The story of the case.\n\n")
		out.WriteString("| a | b |\n|---|---|\n| cell one | cell two |\n\n")
	}
	for i := range 10 {
		fmt.Fprintf(&out, "[^%d]: A note.\n\n", i)
	}
	return out.String()
}

// ratio reports how many times as long ours takes as other, each run in turn.
func ratio(b *testing.B, unit string, ours, other func()) {
	var mine, theirs time.Duration
	for b.Loop() {
		began := time.Now()
		ours()
		mine += time.Since(began)
		began = time.Now()
		other()
		theirs += time.Since(began)
	}
	b.ReportMetric(float64(mine)/float64(theirs), unit)
}

func BenchmarkParse(b *testing.B) {
	src := lesson()
	ratio(b, "x-goldmark",
		func() { Parse(diag.NewLines("page.md", src), 0, src) },
		func() { gold.Parse(text.NewReader([]byte(src))) })
}

func BenchmarkSameShape(b *testing.B) {
	const source, value = "The **act** of a [recruiter](term:recruiter) is proved.[^1]", "Un **acte** par un [recruteur](term:recruiter) est prouvé.[^1]"
	ratio(b, "x-shapes",
		func() { SameShape(source, value) },
		func() { ShapeOf(source); ShapeOf(value) })
}
