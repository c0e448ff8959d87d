package course

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
)

// Digest changes when what is asked or what is right changes, in the source: an answer given before is then to another question,
// and the question is open again. Feedback, hints and translations do not change it.
func (q Question) Digest() string {
	h := sha256.New()
	put := func(parts ...any) { fmt.Fprintf(h, "%q\n", fmt.Sprint(parts...)) }
	option := func(o Option) { put(o.ID, "\x00", o.Text.Source, "\x00", o.Correct, o.Area) }
	put(q.Type, "\x00", q.Scoring, "\x00", q.Prompt.Source)
	for _, o := range q.Options {
		option(o)
	}
	for _, g := range q.Gaps {
		put(g.ID, "\x00", g.Case, g.Accents, g.Typos)
		for _, o := range g.Choices {
			option(o)
		}
		for _, a := range g.Answers {
			put(a.Text.Source, "\x00", a.Fraction)
		}
	}
	for _, p := range q.Pairs {
		put(p.ID, "\x00", p.Text.Source, "\x00", p.Choice)
	}
	if q.Number != nil {
		put(q.Number.Least, "\x00", q.Number.Most)
	}
	_, _ = io.WriteString(h, q.Passage.Source+"\x00"+q.Image)
	return hex.EncodeToString(h.Sum(nil)[:4])
}
