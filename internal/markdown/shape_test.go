package markdown_test

import (
	"reflect"
	"strings"
	"testing"

	"lectern/internal/markdown"
)

func TestShape(t *testing.T) {
	paragraph := []string{"Paragraph"}
	tests := []struct {
		src  string
		want markdown.Shape
	}{
		{"Words.", markdown.Shape{Blocks: paragraph}},
		{"", markdown.Shape{}},
		{"*a* **b** ***c*** _d_ ~~e~~ 2*3 * 4", markdown.Shape{Emphasis: []string{"*", "**", "*", "**", "*"}, Blocks: paragraph}},
		{"[a](b) ![c](d) <https://e/> [f]", markdown.Shape{Links: []string{"b", "!d", "https://e/"}, Blocks: paragraph}},
		{"`a` ``b`c`` \\`d\\`", markdown.Shape{Code: []string{"a", "b`c"}, Blocks: paragraph}},
		{"a[^1] b[^two] c[^]", markdown.Shape{Footnotes: []string{"[^1]", "[^two]"}, Blocks: paragraph}},
		{"a <b>c</b>", markdown.Shape{Blocks: paragraph, HTML: true}},
		{"<script>", markdown.Shape{HTML: true}},
		{"a\n\nb", markdown.Shape{Blocks: []string{"Paragraph", "Paragraph"}}},
		{"- a\n- b", markdown.Shape{Blocks: []string{"List", "ListItem", "TextBlock", "ListItem", "TextBlock"}}},
		{"# a", markdown.Shape{Blocks: []string{"Heading"}}},
		{"```x y\na\n```", markdown.Shape{Blocks: []string{"FencedCodeBlock x y"}}},
		{"    a", markdown.Shape{Blocks: []string{"CodeBlock"}}},
		{"a | b\n--|--", markdown.Shape{Blocks: []string{"Table", "TableHeader", "TableCell", "TableCell"}}},
		{strings.Repeat("[", 100), markdown.Shape{Blocks: []string{"too costly to parse"}}},
	}
	for _, tt := range tests {
		if got := markdown.ShapeOf(tt.src); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%q: %+v, want %+v", tt.src, got, tt.want)
		}
	}
}

// TestMarked proves that a text which is taken for plain has no shape but a paragraph's.
func TestMarked(t *testing.T) {
	for _, plain := range []string{"", "Words, (words) — «words»! 12.5 % a.b a-b 1.a 2016", "Слова: «слова»", "词语。", "{{ a }}", "a & b"} {
		if markdown.Marked(plain) {
			t.Errorf("%q counts as marked", plain)
		}
		if got := markdown.ShapeOf(plain); len(got.Links)+len(got.Code)+len(got.Emphasis)+len(got.Footnotes) > 0 || got.HTML || len(got.Blocks) > 1 {
			t.Errorf("%q: %+v", plain, got)
		}
	}
	for _, marked := range []string{"*", "_", "[", "]", "<", ">", "`", `\`, "|", "#", "~", "a\nb", "- a", "+ a", "---", "===", "1. a", "  12) a", " - a"} {
		if !markdown.Marked(marked) {
			t.Errorf("%q counts as plain", marked)
		}
	}
}
