// Package course is the typed model of a work: its collections, modules, lessons, quizzes and terms, and every
// translatable text in them with the place it came from. It holds values and pure methods only: nothing here reads
// a file, parses, prints or knows an output format. Stages take these values and return new ones.
package course

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"lectern/internal/diag"
)

// Text is one translatable text: a paragraph, a title, an option of a question.
type Text struct {
	ID     string // stable within its domain: "title", "consent.option.always", "s3f9a1c20"
	Kind   Kind
	Source string // in the language it was written in
	Value  string // what a reader of the library's language gets; Source unless State is Translated
	State  State
	Pos    diag.Pos // where an author changes it
}

// State says what a reader gets in Value, and why.
type State uint8

const (
	Original     State = iota // the library is in the language of the source
	Translated                // Value is a translation of this Source
	Drifted                   // a translation exists, but of an earlier source, so readers get the source
	Untranslated              // there is none, so readers get the source
)

func (s State) String() string {
	return [...]string{"original", "translated", "drifted", "untranslated"}[s]
}

// Foreign reports that Value is not in the library's language and must say so in its markup.
func (t Text) Foreign() bool { return t.State == Drifted || t.State == Untranslated }

// Kind says what a text is for. Translators see it; renderers use it to know where markup may stand.
type Kind string

const (
	KindTitle     Kind = "title"
	KindSummary   Kind = "summary"
	KindObjective Kind = "objective"
	KindParagraph Kind = "paragraph"
	KindHeading   Kind = "heading"
	KindItem      Kind = "list item"
	KindCell      Kind = "table cell"
	KindBoxTitle  Kind = "box title"
	KindFootnote  Kind = "footnote"
	KindAlt       Kind = "alternative text"
	KindCaption   Kind = "caption"
	KindLabel     Kind = "diagram label"
	KindPrompt    Kind = "question"
	KindOption    Kind = "option"
	KindFeedback  Kind = "feedback"
	KindAnswer    Kind = "accepted answer; several may stand with | between them"
	KindHint      Kind = "hint"
	KindTerm      Kind = "definition"
	KindSource    Kind = "source"
	KindMessage   Kind = "interface"
)

// Markdown reports whether texts of this kind are Markdown; the others are plain text.
func (k Kind) Markdown() bool {
	switch k {
	case KindParagraph, KindHeading, KindItem, KindCell, KindBoxTitle, KindFootnote, KindPrompt, KindOption, KindFeedback, KindHint:
		return true
	}
	return false
}

// Forbidden reports a character that no text may hold: controls and what is not UTF-8; private-use characters, because rendering
// marks places with them; bidirectional overrides, because they make text read other than it is.
func Forbidden(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r >= 0xe000 && r <= 0xf8ff || r == 0x202d || r == 0x202e || r == '\ufffd'
}

var reference = regexp.MustCompile(`&#([0-9]+|[xX][0-9a-fA-F]+)`)

// ForbiddenReference finds a numeric character reference, such as &#57344;, to a character that no text may hold; -1 without any.
// Markdown turns references into characters only after we have looked.
func ForbiddenReference(s string) int {
	if !strings.Contains(s, "&#") {
		return -1
	}
	for _, m := range reference.FindAllStringSubmatchIndex(s, -1) {
		digits, base := s[m[2]:m[3]], 10
		if digits[0] == 'x' || digits[0] == 'X' {
			digits, base = digits[1:], 16
		}
		if n, err := strconv.ParseUint(digits, base, 21); err != nil || !utf8.ValidRune(rune(n)) || Forbidden(rune(n)) {
			return m[0]
		}
	}
	return -1
}

// Shortcode finds what Hugo would run as a program, in Markdown and wherever a template renders text; -1 without any.
func Shortcode(s string) int {
	for at := 0; ; {
		i := strings.Index(s[at:], "{{")
		if i < 0 {
			return -1
		}
		if at += i; strings.HasPrefix(s[at+2:], "<") || strings.HasPrefix(s[at+2:], "%") || strings.HasPrefix(s[at+2:], "__") {
			return at
		}
		at++
	}
}

// NewText is a text in its own language.
func NewText(id string, kind Kind, value string, pos diag.Pos) Text {
	return Text{ID: id, Kind: kind, Source: value, Value: value, Pos: pos}
}

// Prose is Markdown text outside a page's body, such as a question, with the links found in it.
type Prose struct {
	Text
	Links []Link
}
