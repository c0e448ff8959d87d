package qti

import (
	"strconv"

	"lectern/internal/pack/bank"
)

// Rules of response processing, which make a score and feedback of an answer (QTI 2.1 information model, sections 8 and 15). They are
// written out and not taken from the specification's templates, which cannot give feedback.

// float is a number in a form that XML Schema's double and QTI's float share.
func float(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func variable(id string) *bank.Node { return element("variable", "identifier", id) }

func baseValue(kind, v string) *bank.Node {
	return with(element("baseValue", "baseType", kind), words(v))
}

func set(outcome string, value *bank.Node) *bank.Node {
	return with(element("setOutcomeValue", "identifier", outcome), value)
}

// when sets rules for when a condition holds, and others for when it does not.
func when(condition *bank.Node, then []*bank.Node, otherwise ...*bank.Node) *bank.Node {
	n := with(element("responseCondition"), with(with(element("responseIf"), condition), then...))
	if len(otherwise) > 0 {
		with(n, with(element("responseElse"), otherwise...))
	}
	return n
}

func score(v string) *bank.Node { return set("SCORE", baseValue("float", v)) }

// matchCorrect is all or nothing.
func matchCorrect(response string) *bank.Node {
	condition := with(element("match"), variable(response), element("correct", "identifier", response))
	return when(condition, []*bank.Node{score("1")}, score("0"))
}

// entry is what one answer is worth.
type entry struct {
	key                 string
	value               float64
	text, caseSensitive bool
}

// mapping is what the answers of a response are worth together; floor keeps the sum between 0 and 1.
func mapping(floor bool, entries ...entry) *bank.Node {
	if len(entries) == 0 {
		return nil
	}
	m := element("mapping")
	if floor {
		m = element("mapping", "lowerBound", "0", "upperBound", "1")
	}
	m.Attrs = append(m.Attrs, element("", "defaultValue", "0").Attrs...)
	for _, e := range entries {
		n := element("mapEntry", "mapKey", e.key, "mappedValue", float(e.value))
		if e.text {
			n = element("mapEntry", "mapKey", e.key, "mappedValue", float(e.value), "caseSensitive", strconv.FormatBool(e.caseSensitive))
		}
		with(m, n)
	}
	return m
}

// average is the mean of several mapped responses; with all, everything or nothing.
func average(responses []string, all bool) *bank.Node {
	if !all {
		sum := element("sum")
		for _, r := range responses {
			with(sum, element("mapResponse", "identifier", r))
		}
		return set("SCORE", with(element("divide"), sum, baseValue("float", strconv.Itoa(len(responses)))))
	}
	and := element("and")
	for _, r := range responses {
		with(and, with(element("gte"), element("mapResponse", "identifier", r), baseValue("float", "1")))
	}
	return when(and, []*bank.Node{score("1")}, score("0"))
}

// between is right for a number from least to most.
func between(response string, least, most float64) *bank.Node {
	condition := with(element("and"),
		with(element("gte"), variable(response), baseValue("float", float(least))),
		with(element("lte"), variable(response), baseValue("float", float(most))))
	return when(condition, []*bank.Node{score("1")}, score("0"))
}

// neighbours is the share of neighbours in the right order that are neighbours in the answer: for each two, there is a place where the
// one stands and the other stands after it.
func neighbours(response string, right []string) []*bank.Node {
	n := len(right) - 1
	if n < 1 {
		return []*bank.Node{matchCorrect(response)}
	}
	rules := []*bank.Node{score("0")}
	at := func(place int, id string) *bank.Node {
		return with(element("match"), with(element("index", "n", strconv.Itoa(place)), variable(response)), baseValue("identifier", id))
	}
	for i := range n {
		or := element("or")
		for place := 1; place <= n; place++ {
			with(or, with(element("and"), at(place, right[i]), at(place+1, right[i+1])))
		}
		rules = append(rules, when(or, []*bank.Node{set("SCORE", with(element("sum"), variable("SCORE"), baseValue("float", "1")))}))
	}
	return append(rules, set("SCORE", with(element("divide"), variable("SCORE"), baseValue("float", strconv.Itoa(n)))))
}

// stringMatches holds when an answer is one of some texts.
func stringMatches(response string, texts []string, caseSensitive bool) *bank.Node {
	or := element("or")
	for _, text := range texts {
		with(or, with(element("stringMatch", "caseSensitive", strconv.FormatBool(caseSensitive)), variable(response), baseValue("string", text)))
	}
	if len(texts) == 1 {
		return or.Children[0]
	}
	return or
}

// feedback is what is said after an answer. Two kinds of outcomes say which of it is shown: FEEDBACK holds what was chosen or what the
// answer matched, by response, and GENERAL what is said to every answer. Feedback that hides by an identifier is shown when the outcome
// does not hold it. No outcome mixes both: not every system can put together what an outcome holds.
type feedback struct {
	shown    []shown
	outcomes []*bank.Node
	rules    []*bank.Node
	general  []string // the identifiers that GENERAL holds
}

// shown is one modalFeedback.
type shown struct {
	outcome, id, showHide string
	content               []*bank.Node
}

// show adds feedback, unless it says nothing.
func (f *feedback) show(outcome, id string, content []*bank.Node) {
	if len(content) > 0 {
		f.shown = append(f.shown, shown{outcome, id, "show", content})
	}
}

func (f *feedback) hide(outcome, id string, content []*bank.Node) {
	if len(content) > 0 {
		f.shown = append(f.shown, shown{outcome, id, "hide", content})
	}
}

// always shows something after every answer.
func (f *feedback) always(id string, content []*bank.Node) {
	if len(content) > 0 {
		f.show("GENERAL", id, content)
		f.general = append(f.general, id)
	}
}

// declare adds an outcome with the rule that sets it.
func (f *feedback) declare(outcome, cardinality string, rule *bank.Node) {
	f.outcomes = append(f.outcomes, element("outcomeDeclaration", "identifier", outcome, "cardinality", cardinality, "baseType", "identifier"))
	f.rules = append(f.rules, rule)
}

// finish declares what is said to every answer.
func (f *feedback) finish() {
	if len(f.general) == 0 {
		return
	}
	value := element("multiple")
	for _, id := range f.general {
		with(value, baseValue("identifier", id))
	}
	f.declare("GENERAL", "multiple", set("GENERAL", value))
}
