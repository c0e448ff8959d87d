package load

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/markdown"
)

// object is a YAML mapping that knows which of its keys were asked for, so that done can report the rest. Every method works on
// a missing or mistyped value: it reports and gives a zero.
type object struct {
	l      *loader
	file   string
	line   int // lines before the YAML in its file
	node   *yaml.Node
	broken bool                  // it is no mapping, which was reported: nothing in it is missed
	fields map[string]*yaml.Node // the node's, by key
	asked  map[string]bool
}

// value is an element of a list, of any type until it is asked for as one.
type value object

// yaml parses a document whose top is a mapping.
func (l *loader) yaml(file, src string, line int) object {
	o := object{l: l, file: file, line: line, broken: true}
	var doc, more yaml.Node
	dec := yaml.NewDecoder(strings.NewReader(src))
	err := dec.Decode(&doc)
	if err == nil {
		err = dec.Decode(&more)
	}
	if err == nil {
		l.errorf(o.at(&more), "yaml-documents", "remove the line ---", "a second document in the file")
		return o
	}
	if !errors.Is(err, io.EOF) {
		at, message := 0, strings.TrimPrefix(err.Error(), "yaml: ")
		if m := yamlLine.FindStringSubmatch(message); m != nil {
			at, _ = strconv.Atoi(m[1])
			message = m[2]
		}
		l.errorf(diag.Pos{File: file, Line: line + max(1, at)}, "yaml", "check the indentation, and quote texts that hold a colon and a space", "not valid YAML: %s", message)
		return o
	}
	if len(doc.Content) == 0 {
		o.broken = false
		return o
	}
	top := doc.Content[0]
	if bad := find(top, indirect); bad != nil {
		l.errorf(o.at(bad), "yaml-alias", "write the value out", "anchors, aliases and tags are not supported")
		return o
	}
	if bad := find(top, unprintable); bad != nil {
		l.errorf(o.at(bad), "text-encoding", "remove the escape for it", "a character that no page can hold")
		return o
	}
	if top.Kind != yaml.MappingNode {
		l.errorf(o.at(top), "yaml-type", "write fields as key: value", "expected fields")
		return o
	}
	return o.child(top)
}

var yamlLine = regexp.MustCompile(`^line (\d+): (.*)$`)

// find gives the first node that is bad.
func find(n *yaml.Node, bad func(*yaml.Node) bool) *yaml.Node {
	if bad(n) {
		return n
	}
	for _, c := range n.Content {
		if found := find(c, bad); found != nil {
			return found
		}
	}
	return nil
}

// indirect reports a node that stands for more than itself: with them a small file can grow without limit.
func indirect(n *yaml.Node) bool {
	return n.Kind == yaml.AliasNode || n.Anchor != "" || n.Style&yaml.TaggedStyle != 0
}

// unprintable reports a text with a character that only an escape can have put there: the file as a whole was looked at.
func unprintable(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && strings.ContainsFunc(n.Value, course.Forbidden)
}

func (o object) at(n *yaml.Node) diag.Pos {
	return diag.Pos{File: o.file, Line: o.line + n.Line, Col: n.Column}
}

func (o object) pos() diag.Pos {
	if o.node == nil {
		return diag.Pos{File: o.file}
	}
	return o.at(o.node)
}

// get finds a key's value, nil when it is absent.
func (o object) get(key string) *yaml.Node {
	if o.node == nil {
		return nil
	}
	o.asked[key] = true
	return o.fields[key]
}

func (o object) has(key string) bool { return o.get(key) != nil }

// done reports keys that nobody asked for, and keys that stand twice.
func (o object) done() {
	if o.node == nil {
		return
	}
	asked := slices.Sorted(maps.Keys(o.asked))
	seen := map[string]bool{}
	for i := 0; i+1 < len(o.node.Content); i += 2 {
		k := o.node.Content[i]
		if seen[k.Value] {
			o.l.errorf(o.at(k), "field-repeated", "remove one of them", "the field %q stands twice", k.Value)
		}
		seen[k.Value] = true
		if !o.asked[k.Value] {
			hint := "the fields here are " + strings.Join(asked, ", ")
			if near := diag.Nearest(k.Value, asked); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			o.l.errorf(o.at(k), "field-unknown", hint, "unknown field %q", k.Value)
		}
	}
}

func (o object) wrong(n *yaml.Node, key, want string) {
	o.l.errorf(o.at(n), "field-type", "see docs/authors.md", "the field %q must be %s", key, want)
}

func (o object) missing(key string) {
	if !o.broken && (o.node != nil || o.file != "") {
		o.l.errorf(o.pos(), "field-missing", fmt.Sprintf("add %s: ...", key), "the field %q is missing", key)
	}
}

// scalar gives the text of a key's value and where it is; "" when absent.
func (o object) scalar(key string) (string, diag.Pos) {
	n := o.get(key)
	if n == nil {
		return "", o.pos()
	}
	if n.Kind != yaml.ScalarNode {
		o.wrong(n, key, "a text")
		return "", o.at(n)
	}
	return strings.TrimSpace(n.Value), o.at(n)
}

func (o object) required(key string) (string, diag.Pos) {
	s, pos := o.scalar(key)
	if s == "" {
		o.missing(key)
	}
	return s, pos
}

// text is a required plain text.
func (o object) text(key, id string, kind course.Kind) course.Text {
	s, pos := o.required(key)
	return course.NewText(id, kind, s, pos)
}

func (o object) optionalText(key, id string, kind course.Kind) course.Text {
	s, pos := o.scalar(key)
	return course.NewText(id, kind, s, pos)
}

// prose is Markdown; absent, it is empty.
func (o object) prose(key, id string, kind course.Kind) course.Prose {
	s, pos := o.scalar(key)
	return o.markdown(course.NewText(id, kind, s, pos))
}

func (o object) markdown(t course.Text) course.Prose {
	if t.Source == "" {
		return course.Prose{Text: t}
	}
	p, ds := markdown.Prose(t)
	o.l.add(ds...)
	return p
}

var idPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// id is the required field "id".
func (o object) id() string {
	s, pos := o.required("id")
	if s != "" && !idPattern.MatchString(s) {
		o.l.errorf(pos, "id", "use lower-case letters, digits and single hyphens", "the id %q is not usable in an address", s)
	}
	return s
}

func (o object) ref(key string) course.Ref {
	s, pos := o.scalar(key)
	return course.Ref{ID: s, Pos: pos}
}

func (o object) int(key string, otherwise, least, most int) int {
	s, pos := o.scalar(key)
	if s == "" {
		return otherwise
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > most {
		o.l.errorf(pos, "field-type", "see docs/authors.md", "the field %q must be a whole number from %d to %d", key, least, most)
		return otherwise
	}
	return n
}

func (o object) number(key string, otherwise float64) float64 {
	s, pos := o.scalar(key)
	if s == "" {
		return otherwise
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n != n || n-n != 0 {
		o.l.errorf(pos, "field-type", "write digits, with a point before decimals", "the field %q must be a number", key)
		return otherwise
	}
	return n
}

func (o object) bool(key string, otherwise bool) bool {
	switch s, pos := o.scalar(key); s {
	case "":
		return otherwise
	case "true":
		return true
	case "false":
		return false
	default:
		o.l.errorf(pos, "field-type", "write true or false", "the field %q must be true or false", key)
		return otherwise
	}
}

func (o object) choice(key, otherwise string, choices ...string) string {
	s, pos := o.scalar(key)
	if s == "" {
		return otherwise
	}
	if !slices.Contains(choices, s) {
		hint := "use one of " + strings.Join(choices, ", ")
		if near := diag.Nearest(s, choices); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		o.l.errorf(pos, "field-value", hint, "%q is no %s", s, key)
		return otherwise
	}
	return s
}

// list gives the elements of a sequence; absent, none.
func (o object) list(key string) []value {
	n := o.get(key)
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		o.wrong(n, key, "a list, each element on a line that begins with a hyphen")
		return nil
	}
	out := make([]value, len(n.Content))
	for i, c := range n.Content {
		out[i] = value(o.child(c))
	}
	return out
}

// sub is a mapping inside the mapping; absent, an empty one.
func (o object) sub(key string) object {
	n := o.get(key)
	if n == nil {
		return object{l: o.l}
	}
	return value(o.child(n)).object()
}

func (o object) child(n *yaml.Node) object {
	c := object{l: o.l, file: o.file, line: o.line, node: n, fields: map[string]*yaml.Node{}, asked: map[string]bool{}}
	if n.Kind == yaml.MappingNode {
		for i := len(n.Content) - 2; i >= 0; i -= 2 { // of two alike, the first
			c.fields[n.Content[i].Value] = n.Content[i+1]
		}
	}
	return c
}

// keys lists the keys of the mapping and counts them as asked for.
func (o object) keys() []string {
	if o.node == nil {
		return nil
	}
	var out []string
	for i := 0; i+1 < len(o.node.Content); i += 2 {
		if key := o.node.Content[i].Value; o.fields[key] == o.node.Content[i+1] { // of two alike, the first
			o.asked[key] = true
			out = append(out, key)
		}
	}
	return out
}

// object is the value as a mapping.
func (v value) object() object {
	if v.node.Kind != yaml.MappingNode {
		v.l.errorf(object(v).pos(), "yaml-type", "write fields as key: value", "expected fields")
		v.node, v.broken = nil, true
	}
	return object(v)
}

// ref is the value as an id.
func (v value) ref() course.Ref {
	return course.Ref{ID: v.string(), Pos: object(v).pos()}
}

// string is the value as a text.
func (v value) string() string {
	if v.node.Kind != yaml.ScalarNode {
		v.l.errorf(object(v).pos(), "yaml-type", "write a text", "expected a text")
		return ""
	}
	return strings.TrimSpace(v.node.Value)
}
