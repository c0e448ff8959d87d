package course

import (
	"math"
	"strings"
)

// Response is what a learner answered. Its form in JSON is shared with the browser.
type Response struct {
	Chosen []string          `json:"chosen,omitempty"` // option ids: chosen, marked, or in the learner's order
	Filled map[string]string `json:"filled,omitempty"` // by gap or pair: a choice's id, or text; numeric and essay use the key ""
}

// Result is the score of a response.
type Result struct {
	Fraction float64         `json:"fraction"` // of the question's points, from 0 to 1
	Parts    map[string]bool `json:"parts"`    // by option, gap or pair: whether the learner was right about it
	Scored   bool            `json:"scored"`   // false for essays and surveys, which have no points
}

// Score is the one definition of what an answer is worth; the browser's is held to it by testdata/scoring.json.
func (q Question) Score(r Response) Result {
	result := Result{Parts: map[string]bool{}, Scored: true}
	switch q.Type {
	case TrueFalse, Single:
		q.choose(r, result.Parts)
		if len(r.Chosen) == 1 && contains(q.Correct(), r.Chosen[0]) {
			result.Fraction = 1
		}
	case Multiple, MarkText, Hotspot:
		result.Fraction = q.multiple(r, result.Parts)
	case Order:
		result.Fraction = q.order(r, result.Parts)
	case Dropdowns:
		for _, g := range q.Gaps {
			result.Parts[g.ID] = false
			for _, c := range g.Choices {
				if c.Correct && c.ID == r.Filled[g.ID] {
					result.Parts[g.ID] = true
				}
			}
		}
		result.Fraction = share(result.Parts, len(q.Gaps))
	case Match:
		for _, p := range q.Pairs {
			result.Parts[p.ID] = r.Filled[p.ID] != "" && r.Filled[p.ID] == p.Choice
		}
		result.Fraction = share(result.Parts, len(q.Pairs))
	case ShortText:
		for _, g := range q.Gaps {
			fraction, _ := g.Accepts(r.Filled[g.ID])
			result.Parts[g.ID] = fraction == 1
			result.Fraction += fraction
		}
		result.Fraction /= float64(max(1, len(q.Gaps))) // once, or six sixths would not be one
	case Numeric:
		right := q.Number != nil && q.Number.Accepts(r.Filled[""])
		result.Parts[""] = right
		if right {
			result.Fraction = 1
		}
	default:
		return Result{Parts: map[string]bool{}}
	}
	if q.Scoring == ScoreAll && result.Fraction < 1 {
		result.Fraction = 0
	}
	return result
}

// choose marks each option right when it was chosen as it should be.
func (q Question) choose(r Response, parts map[string]bool) (right, wrong int) {
	for _, o := range q.Options {
		chosen := contains(r.Chosen, o.ID)
		parts[o.ID] = chosen == o.Correct
		switch {
		case chosen && o.Correct:
			right++
		case chosen:
			wrong++
		}
	}
	return right, wrong
}

// multiple is right minus wrong of what could be right, not below 0.
func (q Question) multiple(r Response, parts map[string]bool) float64 {
	right, wrong := q.choose(r, parts)
	all := len(q.Correct())
	if all == 0 {
		return 0
	}
	return max(0, float64(right-wrong)/float64(all))
}

// order is the share of neighbours that follow each other as they should, or the whole with ScoreExact.
func (q Question) order(r Response, parts map[string]bool) float64 {
	at := map[string]int{}
	for i, id := range r.Chosen {
		if _, twice := at[id]; !twice {
			at[id] = i
		}
	}
	exact, adjacent := true, 0
	for i, o := range q.Options {
		place, there := at[o.ID]
		parts[o.ID] = there && place == i
		exact = exact && parts[o.ID]
		if i == 0 {
			continue
		}
		if before, ok := at[q.Options[i-1].ID]; ok && there && place == before+1 {
			adjacent++
		}
	}
	switch {
	case exact && len(r.Chosen) == len(q.Options):
		return 1
	case q.Scoring == ScoreExact || len(q.Options) < 2:
		return 0
	}
	return float64(adjacent) / float64(len(q.Options)-1)
}

// Accepts gives the share of the gap's points that a text is worth, and the answer that it matched. What is there exactly goes
// before what is only near: a wrong answer that is listed may be one letter away from the right one.
func (g Gap) Accepts(text string) (fraction float64, matched *Answer) {
	given := Fold(text, g.Case, g.Accents)
	if given == "" {
		return 0, nil
	}
	for _, typos := range []int{0, g.Typos} {
		for i, a := range g.Answers {
			if worth := float64(a.Fraction) / 100; (matched == nil || worth > fraction) && g.near(given, a, typos) {
				fraction, matched = worth, &g.Answers[i]
			}
		}
		if matched != nil {
			break
		}
	}
	return fraction, matched
}

// near reports whether a folded text is one of an answer's alternatives, or differs from one by a few letters.
func (g Gap) near(given string, a Answer, typos int) bool {
	for _, accepted := range strings.Split(a.Text.Value, "|") {
		if near(given, Fold(accepted, g.Case, g.Accents), typos) {
			return true
		}
	}
	return false
}

// Accepts reports whether a number, however it is written, with its unit or without, is in the range. Where a mark can be read as
// a decimal or a thousands separator, either reading may be right.
func (n NumberRange) Accepts(text string) bool {
	slack := 1e-9 * max(1, math.Abs(n.Least), math.Abs(n.Most)) // 0.7 + 0.1 is a little less than 0.8
	text = strings.TrimSuffix(Fold(text, false, true), Fold(n.Unit.Value, false, true))
	for _, v := range Numbers(text) {
		if v >= n.Least-slack && v <= n.Most+slack {
			return true
		}
	}
	return false
}

// AfterHints is what is left of a fraction when hints were taken, of which each costs HintCost per cent of the question's points;
// not below 0.
func (q Question) AfterHints(fraction float64, hints int) float64 {
	return max(0, fraction-float64(hints*q.HintCost)/100)
}

// Certainty is the mark of an answer to which the learner said how certain it is, from 1 to 3, after Moodle's table: being right
// gives as much, being wrong 0, -2 or -6. It is shown beside the score and never changes it.
func Certainty(fraction float64, level int) float64 {
	level = min(3, max(1, level))
	if fraction <= 0 {
		return []float64{0, -2, -6}[level-1]
	}
	return fraction * float64(level)
}

// Part is what a question adds to a total: its weight and the share of it that was earned.
type Part struct {
	Weight   float64 `json:"weight"`
	Fraction float64 `json:"fraction"`
}

// Total adds up the questions that have points. The percentage is rounded down, so that it never shows a pass mark that was not
// reached.
func Total(parts []Part) (points, of float64, percent int) {
	for _, p := range parts {
		points += p.Weight * p.Fraction
		of += p.Weight
	}
	if of > 0 {
		percent = int(math.Floor(points*100/of + 1e-9)) // thirds do not add up to one in binary
	}
	return points, of, percent
}

// share is the part of n parts that is right.
func share(parts map[string]bool, n int) float64 {
	right := 0
	for _, ok := range parts {
		if ok {
			right++
		}
	}
	if n == 0 {
		return 0
	}
	return float64(right) / float64(n)
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}
