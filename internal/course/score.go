package course

import "strings"

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
			result.Fraction += fraction / float64(len(q.Gaps))
		}
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

// Accepts gives the share of the gap's points that a text is worth, and the answer that it matched.
func (g Gap) Accepts(text string) (fraction float64, matched *Answer) {
	given := Fold(text, g.Case, g.Accents)
	if given == "" {
		return 0, nil
	}
	for i, a := range g.Answers {
		for _, accepted := range strings.Split(a.Text.Value, "|") {
			if near(given, Fold(accepted, g.Case, g.Accents), g.Typos) && float64(a.Fraction)/100 > fraction {
				fraction, matched = float64(a.Fraction)/100, &g.Answers[i]
			}
		}
	}
	return fraction, matched
}

// Accepts reports whether a number, however it is written, is in the range. Where a mark can be read as a decimal or a thousands
// separator, either reading may be right.
func (n NumberRange) Accepts(text string) bool {
	for _, v := range Numbers(text) {
		if v >= n.Least && v <= n.Most {
			return true
		}
	}
	return false
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
