package qti

import (
	"path"
	"strconv"

	"lectern/internal/course"
	"lectern/internal/pack/bank"
)

// assessment is the test of one quiz and the identifiers of its items.
type assessment struct {
	id    string
	root  *bank.Node
	items []string

	pictures []string // names of the files that its introduction shows
}

// unscored is the category of items without points.
const unscored = "unscored"

// objective begins the category of the items that serve an objective.
const objective = "objective."

// test makes the assessmentTest of a quiz (QTI 2.1 information model, section 16).
func (x *exporter) test(items []bank.Item) *assessment {
	q, where := items[0].Quiz, path.Dir(items[0].Path)
	if q.Certainty {
		x.lose(where, "the question how sure the learner is")
	}
	if q.Feedback == course.FeedbackLastAttempt {
		x.lose(where, "feedback after the last attempt only")
	}
	id := dotted(path.Join("test", where))
	section := with(element("assessmentSection", "identifier", "SECTION", "title", q.Title.Value, "visible", "true"),
		element("itemSessionControl", "maxAttempts", strconv.Itoa(q.Attempts), "showFeedback", strconv.FormatBool(q.Feedback != course.FeedbackNever)))
	if q.Draw > 0 && q.Draw < len(items) {
		with(section, element("selection", "select", strconv.Itoa(q.Draw)))
	}
	i := &item{x: x, path: where}
	if q.Intro.Value != "" {
		intro := i.prose(q.Intro, "the introduction")
		with(section, with(element("rubricBlock", "view", "candidate", "xml:lang", x.lang), i.contentBody(intro)...))
	}
	for _, it := range items {
		with(section, x.itemRef(it))
	}
	mode := "individual"
	if q.Feedback == course.FeedbackEnd {
		mode = "simultaneous"
	}
	pass := ""
	if q.Mode == course.Graded && q.Pass > 0 {
		pass = strconv.Itoa(q.Pass)
	}
	root := with(element("assessmentTest", "identifier", id, "title", q.Title.Value),
		outcome("SCORE", ""), outcome("PERCENT", pass))
	if q.Minutes > 0 {
		with(root, element("timeLimits", "maxTime", strconv.Itoa(60*q.Minutes), "allowLateSubmission", "true"))
	}
	with(root,
		with(element("testPart", "identifier", "PART", "navigationMode", "nonlinear", "submissionMode", mode), section),
		with(element("outcomeProcessing"), scoreOfTest()...))
	return &assessment{id: id, root: root, pictures: i.pictures}
}

// outcome declares a number that the test gives; from mastery up it is passed.
func outcome(id, mastery string) *bank.Node {
	return with(element("outcomeDeclaration", "identifier", id, "cardinality", "single", "baseType", "float", "masteryValue", mastery),
		with(element("defaultValue"), with(element("value"), words("0"))))
}

func (x *exporter) itemRef(it bank.Item) *bank.Node {
	id, q := dotted(it.Path), it.Question
	category := ""
	if !scored(q.Type) {
		category = unscored
	}
	if q.Objective.ID != "" {
		if category != "" {
			category += " "
		}
		category += objective + q.Objective.ID
	}
	ref := element("assessmentItemRef", "identifier", id, "href", id+".xml", "category", category)
	if q.Weight != 1 {
		with(ref, element("weight", "identifier", "WEIGHT", "value", float(q.Weight)))
	}
	return ref
}

// scoreOfTest adds up the weighted scores, and reckons what part of the most they are.
func scoreOfTest() []*bank.Node {
	sum := with(element("sum"), element("testVariables", "variableIdentifier", "SCORE", "weightIdentifier", "WEIGHT", "excludeCategory", unscored))
	most := element("outcomeMaximum", "outcomeIdentifier", "SCORE", "weightIdentifier", "WEIGHT", "excludeCategory", unscored)
	percent := with(element("product"), baseValue("float", "100"), with(element("divide"), variable("SCORE"), most))
	return []*bank.Node{set("SCORE", sum), set("PERCENT", percent)}
}
