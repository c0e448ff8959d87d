package markdown_test

import (
	"strings"
	"testing"

	"lectern/internal/diag"
)

// TestDiagnostics says what authors read, and where, for everything that a page refuses; and that what comes close to it passes.
func TestDiagnostics(t *testing.T) {
	repeat := strings.Repeat
	tests := []struct{ name, src, want string }{
		{"link definition", "A [b].\n\n[b]: c", "a.md:3:1: error: a link definition stands apart from its text [link-reference]\n" +
			"  hint: write the destination in the link itself: [text](destination)\n"},
		{"several link definitions", "A [b] [c d].\n\nE]: []: [f]:\n\n> [c\n> d]: e\n\n[b]: c\n[a]: c", "a.md:8:1: error: a link definition stands apart from its text [link-reference]\n" +
			"  hint: write the destination in the link itself: [text](destination)\n"},
		{"link definition of two lines", "> [c\n> d]: e", "a.md:1:1: error: a link definition stands apart from its text [link-reference]\n" +
			"  hint: write the destination in the link itself: [text](destination)\n"},
		{"empty heading", "Text.\n\n##\n", "a.md:3:1: error: empty heading [heading-empty]\n  hint: write the heading's words or remove the line\n"},
		{"fence", "> ```a b\n> ```\n", "a.md:1:3: error: more than the name of a language after the backquotes [fence-info]\n" +
			"  hint: write one word after the backquotes, such as quiz\n"},
		{"fence of a language", "```c++\n```\n\n~~~C#\n~~~\n\n```\n```\n", ""},
		{"diagram", "```goat\n```\n", "a.md:1:1: error: diagrams made of characters are not drawn [fence-info]\n" +
			"  hint: draw it as an SVG in the module's images folder\n"},
		{"caption", "Б ![a](b)\n\n![a](b 'c')\n", "a.md:3:4: error: the caption of a picture needs straight double quotation marks [caption-quotes]\n" +
			"  hint: write ![alt](file \"caption\")\n"},
		{"link in an alternative text", "![a [b](c)](d)", "a.md:1:5: error: a link or picture inside an alternative text [image-alt]\n" +
			"  hint: write words only in the brackets\n"},
		{"box in a footnote", "A[^1].\n\n[^1]: > [!NOTE] B\n", "a.md:3:7: error: a box inside a footnote [box-footnote]\n  hint: put the box into the text\n"},
		{"shortcode", "Б {{ a }} {{% b %}}", "a.md:1:11: error: text cannot call templates [shortcode]\n" +
			"  hint: write the text itself; put a space between the braces to show them\n"},
		{"braces", "{{ a }} { {< b >} } {{{ c }}} {<", ""},
		{"character reference", "Б &#65; &#xE000;", "a.md:1:9: error: a reference to a character that no page can hold [text-encoding]\n  hint: remove it\n"},
		{"character references", "&#65; &#x42; &#1234567890123 x &# &#x; &#10;", "a.md:1:14: error: a reference to a character that no page can hold [text-encoding]\n  hint: remove it\n"},
		{"summary divider", "A\n\n`<!--more-->`\n", "a.md:3:2: error: HTML is not rendered [html]\n  hint: remove it; the summary is in the front matter\n"},

		{"long page", repeat("a\n\n", 100_000), "a.md:1:1: error: the page has 300000 bytes, the most is 262144 [page-size]\n  hint: split the page\n"},
		{"page at the limit", repeat("ab\n\n", 65_536), ""},
		{"long paragraph", "Б.\n\nБ" + repeat("a\n", 8192), "a.md:3:1: error: a paragraph is longer than 16384 bytes [paragraph-size]\n" +
			"  hint: put an empty line between paragraphs\n"},
		{"paragraph at the limit", repeat("a\n", 8192), ""},
		{"quotations", "a\n" + repeat("> ", 13) + "a", "a.md:2:1: error: quotes or lists are nested deeper than 12 levels [nesting]\n" +
			"  hint: use fewer levels of quotes or lists\n"},
		{"lists", repeat("- ", 13) + "a", "a.md:1:1: error: quotes or lists are nested deeper than 12 levels [nesting]\n" +
			"  hint: use fewer levels of quotes or lists\n"},
		{"numbered lists", repeat("1. ", 13) + "a", "a.md:1:1: error: quotes or lists are nested deeper than 12 levels [nesting]\n" +
			"  hint: use fewer levels of quotes or lists\n"},
		{"all of them", repeat("> 1) * + ", 3) + "- a", "a.md:1:1: error: quotes or lists are nested deeper than 12 levels [nesting]\n" +
			"  hint: use fewer levels of quotes or lists\n"},
		{"all of them at the limit", repeat("> 1) * + ", 3) + "a", ""},
		{"indentation", repeat(" ", 97) + "a", "a.md:1:1: error: quotes or lists are nested deeper than 12 levels [nesting]\n" +
			"  hint: use fewer levels of quotes or lists\n"},
		{"brackets", "Б " + repeat("[", 13), "a.md:1:15: error: too much unfinished markup [nesting]\n" +
			"  hint: close what you open, or write a backslash before the character\n"},
		{"brackets that close", repeat("[a] ", 50), ""},
		{"brackets in several paragraphs", repeat(repeat("[", 12)+"\n\n", 9), ""},
		{"row of marks", repeat("*", 66), "a.md:1:66: error: too much unfinished markup [nesting]\n" +
			"  hint: close what you open, or write a backslash before the character\n"},
		{"row of marks at the limit", repeat("*", 65), ""},
		{"marks", repeat("*a", 2001), "a.md:1:4001: error: too much unfinished markup [nesting]\n" +
			"  hint: close what you open, or write a backslash before the character\n"},
		{"marks at the limit", repeat("*a", 2000) + "\n\n" + repeat("*a", 2000), ""},
		{"columns", "a" + repeat("|a", 65), "a.md:1:1: error: a table has more than 64 columns [table-size]\n  hint: make several tables\n"},
		{"columns at the limit", "a" + repeat("|a", 64), ""},
		{"cells", repeat("a"+repeat("|a", 49)+"\n"+repeat("|\n", 199)+"\n", 3), "a.md:403:1: error: the tables of the page have more than 20000 cells [table-size]\n" +
			"  hint: split the page\n"},
		{"wide row at the end", repeat("a|\n", 400) + "a" + repeat("|a", 60), "a.md:401:1: error: the tables of the page have more than 20000 cells [table-size]\n" +
			"  hint: split the page\n"},
		{"footnotes", repeat("[^a]: b\n\n", 201), "a.md:401:1: error: the page has more than 200 footnotes [footnotes]\n  hint: split the page\n"},
		{"footnotes at the limit", repeat("[^a]: b\n\n", 200), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, diags := parse(tt.src)
			var got strings.Builder
			if err := diag.Text(&got, diags); err != nil {
				t.Fatal(err)
			}
			if got.String() != tt.want {
				t.Errorf("got\n%swant\n%s", &got, tt.want)
			}
		})
	}
}
