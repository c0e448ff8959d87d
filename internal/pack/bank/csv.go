package bank

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"lectern/internal/course"
)

var columns = []string{
	"quiz", "question", "type", "prompt", "scoring", "weight", "objective", "part", "part text", "option", "text", "correct", "fraction",
	"feedback", "unchosen", "hints", "hint cost", "explanation",
}

// row is one line below columns. What belongs to the question stands on each of its lines, so that a sheet can be sorted.
type row struct {
	part, partText, option, text, correct, fraction, feedback, unchosen string
}

// CSV writes the questions as a table for spreadsheets (RFC 4180, in UTF-8 with the mark by which Excel knows it): one line for each
// thing that can be chosen, filled in or paired.
func (b Bank) CSV() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("\ufeff")
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	_ = w.Write(columns) // the writer keeps its error for Flush
	for _, item := range b.Questions {
		q := item.Question
		var hints []string
		for _, h := range q.Hints {
			hints = append(hints, h.Value)
		}
		for _, r := range rows(q) {
			record := []string{
				item.Quiz.ID, q.ID, string(q.Type), q.Prompt.Value, string(q.Scoring), number(q.Weight), q.Objective.ID,
				r.part, r.partText, r.option, r.text, r.correct, r.fraction, r.feedback, r.unchosen,
				strings.Join(hints, "\n"), strconv.Itoa(q.HintCost), q.Explanation.Value,
			}
			for i, cell := range record {
				record[i] = inert(cell)
			}
			_ = w.Write(record)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return nil, fmt.Errorf("write csv: %w", err)
	}
	return out.Bytes(), nil
}

// rows are a question's lines, at least one.
func rows(q course.Question) []row {
	var out []row
	option := func(part string, o course.Option, scored bool) {
		r := row{part: part, option: o.ID, text: o.Text.Value, feedback: o.Feedback.Value, unchosen: o.Unchosen.Value}
		if scored {
			r.correct = strconv.FormatBool(o.Correct)
		}
		out = append(out, r)
	}
	if len(q.Pairs) == 0 {
		for _, o := range q.Options {
			option("", o, q.Type != course.Order)
		}
	}
	for _, g := range q.Gaps {
		for _, c := range g.Choices {
			option(g.ID, c, true)
		}
		for _, a := range g.Answers {
			out = append(out, row{part: g.ID, text: a.Text.Value, correct: strconv.FormatBool(a.Fraction == 100),
				fraction: strconv.Itoa(a.Fraction), feedback: a.Feedback.Value})
		}
	}
	out = append(out, pairRows(q)...)
	if q.Number != nil {
		out = append(out, row{part: "least", text: number(q.Number.Least), partText: q.Number.Unit.Value},
			row{part: "most", text: number(q.Number.Most), partText: q.Number.Unit.Value})
	}
	if q.Type == course.Essay {
		out = append(out, row{part: "model", text: q.Model.Value})
	}
	if q.Passage.Value != "" {
		out = append(out, row{part: "passage", text: q.Passage.Value})
	}
	if len(out) == 0 {
		out = []row{{}}
	}
	return out
}

// pairRows are the left sides with what belongs to them, and then the right sides that belong to none; for likert, the statements and
// the scale.
func pairRows(q course.Question) []row {
	if len(q.Pairs) == 0 {
		return nil
	}
	var out []row
	used := map[string]bool{}
	for _, p := range q.Pairs {
		r := row{part: p.ID, partText: p.Text.Value, option: p.Choice, feedback: p.Feedback.Value}
		for _, o := range q.Options {
			if o.ID == p.Choice {
				r.text, r.correct = o.Text.Value, "true"
			}
		}
		used[p.Choice] = true
		out = append(out, r)
	}
	for _, o := range q.Options {
		if !used[o.ID] {
			out = append(out, row{option: o.ID, text: o.Text.Value, feedback: o.Feedback.Value})
		}
	}
	return out
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// inert puts an apostrophe before what a spreadsheet would run as a formula.
func inert(cell string) string {
	if _, err := strconv.ParseFloat(cell, 64); err == nil || !strings.ContainsAny(first(strings.TrimSpace(cell)), "=+-@＝＋－＠") {
		return cell
	}
	return "'" + cell
}

func first(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}
