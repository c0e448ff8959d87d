package markdown

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// XHTML renders Markdown for a system outside the site, as well-formed XML. Links lead to places that it does not have, so their
// words stay and the links go; image gives the address of a picture there, "" to leave the picture out. Raw HTML is left out.
func XHTML(src string, image func(dest string) string) (string, error) {
	md := goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.DefinitionList, extension.Footnote),
		goldmark.WithRendererOptions(html.WithXHTML()),
		goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(unlink{image}, 1000))),
	)
	var out bytes.Buffer
	if err := md.Convert([]byte(src), &out); err != nil {
		return "", fmt.Errorf("render markdown: %w", err)
	}
	return strings.TrimSpace(strings.ReplaceAll(out.String(), "<!-- raw HTML omitted -->", "")), nil
}

// unlink replaces links by their words and sets the addresses of pictures.
type unlink struct{ image func(string) string }

func (u unlink) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	var links []ast.Node
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch n := n.(type) {
			case *ast.Link:
				links = append(links, n)
			case *ast.Image:
				if n.Destination = []byte(u.image(string(n.Destination))); len(n.Destination) == 0 {
					links = append(links, n)
				}
			}
		}
		return ast.WalkContinue, nil
	})
	for _, l := range links {
		parent := l.Parent()
		for c := l.FirstChild(); c != nil; {
			next := c.NextSibling()
			parent.InsertBefore(parent, l, c)
			c = next
		}
		parent.RemoveChild(parent, l)
	}
}
