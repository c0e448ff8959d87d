package markdown

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"lectern/internal/diag"
)

var footnoteMark = regexp.MustCompile(`\[\^[^\]\s]+\]`)

// Shape is the markup of a text without its words: what a translation must share with its source, in any order.
type Shape struct {
	Links     []string // destinations, pictures' with a leading !
	Code      []string
	Emphasis  []string // "*" and "**"
	Footnotes []string
	Blocks    []string
	HTML      bool
}

// Marked reports whether a text can hold markup at all. Most texts do not, and need no parser.
func Marked(s string) bool {
	return strings.ContainsAny(s, "*_[]<>`\\|#~") || strings.Contains(s, "\n") || startsBlock(s)
}

// startsBlock reports a text that begins as a list or a rule does.
func startsBlock(s string) bool {
	s = strings.TrimLeft(s, " ")
	if s == "" {
		return false
	}
	if strings.ContainsRune("-+=", rune(s[0])) {
		return true
	}
	digits := strings.TrimLeft(s, "0123456789")
	return len(digits) < len(s) && digits != "" && (digits[0] == '.' || digits[0] == ')')
}

// blockShape is a block's kind, and of a fence what stands behind its backquotes.
func blockShape(n ast.Node, src string) string {
	kind := n.Kind().String()
	if fence, ok := n.(*ast.FencedCodeBlock); ok && fence.Info != nil {
		kind += " " + string(fence.Info.Segment.Value([]byte(src)))
	}
	return kind
}

// ShapeOf finds a text's markup.
func ShapeOf(s string) Shape {
	var shape Shape
	if tooCostly(diag.NewLines("", s), 0, s) != nil {
		shape.Blocks = []string{"too costly to parse"}
		return shape
	}
	// A footnote's mark is one only where the footnote is defined.
	src := s
	for _, mark := range footnoteMark.FindAllString(s, -1) {
		shape.Footnotes = append(shape.Footnotes, mark)
	}
	doc := gold.Parse(text.NewReader([]byte(src)))
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			shape.Links = append(shape.Links, string(n.Destination))
		case *ast.Image:
			shape.Links = append(shape.Links, "!"+string(n.Destination))
		case *ast.AutoLink:
			shape.Links = append(shape.Links, string(n.URL([]byte(src))))
		case *ast.CodeSpan:
			var code strings.Builder
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				if t, ok := c.(*ast.Text); ok {
					code.Write(t.Segment.Value([]byte(src)))
				}
			}
			shape.Code = append(shape.Code, code.String())
			return ast.WalkSkipChildren, nil
		case *ast.Emphasis:
			shape.Emphasis = append(shape.Emphasis, strings.Repeat("*", n.Level))
		case *ast.RawHTML, *ast.HTMLBlock:
			shape.HTML = true
		case *ast.Text, *ast.String, *ast.Document, *east.TaskCheckBox:
		default:
			if n.Type() == ast.TypeBlock {
				shape.Blocks = append(shape.Blocks, blockShape(n, src))
			}
		}
		return ast.WalkContinue, nil
	})
	return shape
}
