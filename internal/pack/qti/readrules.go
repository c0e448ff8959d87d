package qti

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"lectern/internal/pack/bank"
)

// rules is what the responseProcessing of an item says, as far as questions here can say it.
type rules struct {
	responses map[string]*declared
	summed    map[string]bool     // responses that are scored by their mapping
	matched   map[string]bool     // responses that are right or wrong as a whole
	indexed   bool                // places in an order are looked at
	whole     bool                // the gaps are right or wrong together
	ranges    map[string]*bound   // of responses that are numbers
	odd       []string            // operators that are more than is understood
	mirrors   map[string]bool     // outcome, response: the outcome holds the options that were chosen
	effects   map[string][]*cause // outcome, identifier: when the outcome holds the identifier of feedback
}

// declared is a responseDeclaration.
type declared struct {
	id, cardinality, baseType string
	correct                   []string
	keys                      []string // of the mapping, in order
	worth                     map[string]float64
	caseSensitive             bool
}

// bound is the range of right numbers.
type bound struct {
	least, most *float64
}

// cause says when something is shown.
type cause struct {
	always       bool
	right, wrong bool     // when the whole answer is
	choices      []string // when one of these was chosen: the key of a response and an option
	texts        []string // when one of these was written: the key of a response and a text
	unknown      bool
}

func key(a, b string) string { return a + "\x00" + b }

func readRules(item *bank.Node) *rules {
	r := &rules{
		responses: map[string]*declared{}, summed: map[string]bool{}, matched: map[string]bool{}, ranges: map[string]*bound{},
		mirrors: map[string]bool{}, effects: map[string][]*cause{},
	}
	for _, d := range item.All("responseDeclaration") {
		r.responses[d.Attr("identifier")] = declaration(d)
	}
	r.feedback(item)
	processing := item.First("responseProcessing")
	template := processing.Attr("template")
	for id := range r.responses {
		r.summed[id] = strings.Contains(template, "map_response")
		r.matched[id] = strings.Contains(template, "match_correct")
	}
	if processing != nil {
		r.list(processing.All(""), nil)
		r.operators(processing)
	}
	return r
}

// feedback notes what outcomes and identifiers feedback is shown by; no others are of interest.
func (r *rules) feedback(n *bank.Node) {
	if n.Name == "modalFeedback" || n.Name == "feedbackInline" || n.Name == "feedbackBlock" {
		r.effects[key(n.Attr("outcomeIdentifier"), n.Attr("identifier"))] = nil
	}
	for _, c := range n.Children {
		r.feedback(c)
	}
}

func declaration(d *bank.Node) *declared {
	out := &declared{id: d.Attr("identifier"), cardinality: d.Attr("cardinality"), baseType: d.Attr("baseType"), worth: map[string]float64{}}
	for _, v := range d.First("correctResponse").All("value") {
		out.correct = append(out.correct, tidied(v))
	}
	entries := d.First("mapping").All("mapEntry")
	insensitive := 0
	for _, e := range entries {
		k := strings.TrimSpace(e.Attr("mapKey"))
		worth, err := strconv.ParseFloat(strings.TrimSpace(e.Attr("mappedValue")), 64)
		if err != nil || math.IsNaN(worth) || math.IsInf(worth, 0) || k == "" {
			continue
		}
		if e.Attr("caseSensitive") == "false" {
			insensitive++
		}
		if _, again := out.worth[k]; !again {
			out.keys = append(out.keys, k)
		}
		out.worth[k] = worth
	}
	out.caseSensitive = insensitive < len(entries) || len(entries) == 0
	return out
}

func tidied(n *bank.Node) string { return strings.TrimSpace(n.Content()) }

// best is the most that one answer is worth, 0 without a mapping.
func (d *declared) best() float64 {
	best := 0.0
	for _, v := range d.worth {
		best = max(best, v)
	}
	return best
}

// right reports whether an answer is a right one: by the correct response, or by what it is worth where there is none.
func (d *declared) right(k string) bool {
	if len(d.correct) > 0 && (d.cardinality != "single" || len(d.worth) == 0) {
		return slices.Contains(d.correct, k)
	}
	if len(d.worth) > 0 && d.best() > 0 {
		if d.cardinality == "single" {
			return d.worth[k] == d.best()
		}
		return d.worth[k] > 0
	}
	return slices.Contains(d.correct, k)
}

// list reads rules that hold under a condition, nil for none.
func (r *rules) list(nodes []*bank.Node, under *cause) {
	for _, n := range nodes {
		switch n.Name {
		case "setOutcomeValue":
			r.assign(n, under)
		case "responseCondition":
			r.condition(n, under)
		case "responseProcessingFragment":
			r.list(n.All(""), under)
		}
	}
}

func (r *rules) condition(n *bank.Node, under *cause) {
	otherwise := &cause{unknown: true}
	for i, branch := range n.All("") {
		parts := branch.All("")
		c := otherwise
		if branch.Name != "responseElse" {
			if len(parts) == 0 {
				continue
			}
			c = r.when(parts[0])
			parts = parts[1:]
			otherwise = &cause{unknown: true}
			if i == 0 && !c.unknown && c.right != c.wrong && len(c.choices)+len(c.texts) == 0 {
				otherwise = &cause{right: c.wrong, wrong: c.right}
			}
		}
		if under != nil {
			c = &cause{unknown: true}
		}
		r.list(parts, c)
	}
}

// when understands a condition.
func (r *rules) when(n *bank.Node) *cause {
	parts := n.All("")
	switch n.Name {
	case "match", "member", "stringMatch", "contains":
		return r.compare(parts)
	case "not":
		if len(parts) == 1 {
			if c := r.when(parts[0]); !c.unknown && len(c.choices)+len(c.texts) == 0 {
				return &cause{right: c.wrong, wrong: c.right}
			}
		}
	case "and":
		if len(parts) == 1 {
			return r.when(parts[0])
		}
	case "or":
		all := &cause{}
		for _, p := range parts {
			all.add(r.when(p))
		}
		return all
	}
	return &cause{unknown: true}
}

// compare understands a response compared with a value or with the correct response.
func (r *rules) compare(parts []*bank.Node) *cause {
	if len(parts) != 2 {
		return &cause{unknown: true}
	}
	a, b := parts[0], parts[1]
	if b.Name == "variable" {
		a, b = b, a
	}
	d := r.responses[a.Attr("identifier")]
	switch {
	case a.Name != "variable" || d == nil:
	case b.Name == "correct" && b.Attr("identifier") == d.id:
		return &cause{right: true}
	case b.Name == "baseValue" && d.baseType == "identifier":
		return &cause{choices: []string{key(d.id, tidied(b))}}
	case b.Name == "baseValue" && d.baseType == "string":
		return &cause{texts: []string{key(d.id, readable(tidied(b)))}}
	}
	return &cause{unknown: true}
}

// assign reads what an outcome is set to: identifiers, or the options of a response.
func (r *rules) assign(n *bank.Node, under *cause) {
	outcome := n.Attr("identifier")
	var walk func(n *bank.Node)
	walk = func(n *bank.Node) {
		switch {
		case n.Name == "baseValue" && n.Attr("baseType") == "identifier":
			k := key(outcome, tidied(n))
			if under == nil {
				under = &cause{always: true}
			}
			if causes, ok := r.effects[k]; ok && (len(causes) == 0 || causes[len(causes)-1] != under) {
				r.effects[k] = append(causes, under)
			}
		case n.Name == "variable" && r.responses[n.Attr("identifier")] != nil && (under == nil || under.always):
			r.mirrors[key(outcome, n.Attr("identifier"))] = true
		}
		for _, c := range n.All("") {
			walk(c)
		}
	}
	for _, c := range n.All("") {
		walk(c)
	}
}

// cause is when an outcome holds an identifier, nil for never.
func (r *rules) cause(outcome, id string) *cause {
	var out *cause
	for _, c := range r.effects[key(outcome, id)] {
		if out == nil {
			out = &cause{}
		}
		out.add(c)
	}
	return out
}

// add widens a cause by another.
func (c *cause) add(b *cause) {
	c.always, c.right, c.wrong, c.unknown = c.always || b.always, c.right || b.right, c.wrong || b.wrong, c.unknown || b.unknown
	c.choices, c.texts = append(c.choices, b.choices...), append(c.texts, b.texts...)
}

// operators looks at how responses are scored.
func (r *rules) operators(n *bank.Node) {
	parts := n.All("")
	switch n.Name {
	case "mapResponse":
		r.summed[n.Attr("identifier")] = true
	case "correct":
		r.matched[n.Attr("identifier")] = true
	case "index":
		r.indexed = true
	case "and":
		correct := 0
		for _, p := range parts {
			if p.First("correct") != nil {
				correct++
			}
		}
		r.whole = r.whole || correct > 1
	case "gte", "lte", "gt", "lt", "equal", "equalRounded":
		if len(parts) == 2 && parts[0].Name == "mapResponse" {
			r.whole = true
		}
		r.bound(n, parts)
	case "mapResponsePoint", "customOperator", "patternMatch", "substring", "lookupOutcomeValue", "durationGTE", "durationLT":
		if !slices.Contains(r.odd, n.Name) {
			r.odd = append(r.odd, n.Name)
		}
	}
	for _, p := range parts {
		r.operators(p)
	}
}

// bound reads a comparison of a response that is a number.
func (r *rules) bound(n *bank.Node, parts []*bank.Node) {
	if len(parts) != 2 {
		return
	}
	a, b, op := parts[0], parts[1], n.Name
	if b.Name == "variable" {
		a, b = b, a
		op = map[string]string{"gte": "lte", "lte": "gte", "gt": "lt", "lt": "gt"}[op]
		if op == "" {
			op = n.Name
		}
	}
	d := r.responses[a.Attr("identifier")]
	if a.Name != "variable" || d == nil {
		return
	}
	text := tidied(b)
	if b.Name == "correct" && len(d.correct) > 0 {
		text = d.correct[0]
	}
	v, err := number(text)
	if err != nil {
		return
	}
	least, most := v, v
	if op == "equal" {
		below, above, ok := tolerance(n, v)
		if !ok {
			r.odd = append(r.odd, "equal")
		}
		least, most = v-below, v+above
	}
	if r.ranges[d.id] == nil {
		r.ranges[d.id] = &bound{}
	}
	if op != "lte" && op != "lt" {
		r.ranges[d.id].least = &least
	}
	if op != "gte" && op != "gt" {
		r.ranges[d.id].most = &most
	}
	if op == "gt" || op == "lt" || op == "equalRounded" {
		r.odd = append(r.odd, op)
	}
}

// tolerance is how far from v an equal number may be (QTI 2.1 information model, section 15.3, equal).
func tolerance(n *bank.Node, v float64) (below, above float64, ok bool) {
	mode := n.Attr("toleranceMode")
	if mode == "" || mode == "exact" {
		return 0, 0, true
	}
	fields := strings.Fields(n.Attr("tolerance"))
	if len(fields) == 0 || len(fields) > 2 {
		return 0, 0, false
	}
	below, err := number(fields[0])
	above, err2 := number(fields[len(fields)-1])
	if err != nil || err2 != nil || below < 0 || above < 0 {
		return 0, 0, false
	}
	if mode == "relative" {
		below, above = math.Abs(v)*below/100, math.Abs(v)*above/100
	}
	return below, above, true
}

// number is a finite number.
func number(s string) (float64, error) {
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err == nil && (math.IsNaN(v) || math.IsInf(v, 0)) {
		err = strconv.ErrRange
	}
	return v, err
}
