package course

import "lectern/internal/diag"

// Quiz is a set of questions with the rules for taking it. A static page cannot hide its answers, so a quiz is formative.
type Quiz struct {
	ID        string
	Domain    string
	File      string
	From      string // what its links are relative to, as Links.Resolve wants it: a file in the module's folder
	Title     Text
	Intro     Prose
	Mode      QuizMode
	Pass      int // per cent of the points, for graded quizzes
	Attempts  int // 0: as many as the learner likes
	Shuffle   bool
	Draw      int // questions drawn from all, 0: all of them
	Feedback  FeedbackTiming
	Certainty bool // ask how sure the learner is
	Minutes   int  // time limit that the learner may extend, 0: none
	Questions []Question
	Pos       diag.Pos
}

// QuizMode says what a quiz is for.
type QuizMode string

const (
	Practice QuizMode = "practice"
	Graded   QuizMode = "graded"
)

// FeedbackTiming says when feedback is shown.
type FeedbackTiming string

const (
	FeedbackQuestion    FeedbackTiming = "question"
	FeedbackEnd         FeedbackTiming = "end"
	FeedbackLastAttempt FeedbackTiming = "last-attempt"
	FeedbackNever       FeedbackTiming = "never"
)

// QuestionType is one of the eleven types; ../../docs/authors.md says which fields each uses.
type QuestionType string

const (
	TrueFalse QuestionType = "true-false"
	Single    QuestionType = "single"
	Multiple  QuestionType = "multiple"
	Dropdowns QuestionType = "dropdowns"
	ShortText QuestionType = "text"
	Essay     QuestionType = "essay"
	Numeric   QuestionType = "numeric"
	Match     QuestionType = "match"
	Order     QuestionType = "order"
	MarkText  QuestionType = "mark-text"
	Hotspot   QuestionType = "hotspot"
	Likert    QuestionType = "likert"
)

// QuestionTypes lists every type.
func QuestionTypes() []QuestionType {
	return []QuestionType{TrueFalse, Single, Multiple, Dropdowns, ShortText, Essay, Numeric, Match, Order, MarkText, Hotspot, Likert}
}

// Scoring says how a question's answer becomes points.
type Scoring string

const (
	ScoreAll      Scoring = "all"      // all or nothing
	ScoreOptions  Scoring = "options"  // right minus wrong, not below zero
	ScoreExact    Scoring = "exact"    // the whole order
	ScoreAdjacent Scoring = "adjacent" // per pair of neighbours in the right order
	ScoreParts    Scoring = "parts"    // per gap or pair
)

// Question is one question. Which of the answer fields are used depends on its Type.
type Question struct {
	ID          string // unique in the quiz; progress and LMS records hang on it
	Type        QuestionType
	Prompt      Prose        // dropdowns and text: {{id}} is where a gap stands
	Options     []Option     // what can be chosen; order: in the right order; match: the right side; likert: the scale
	Gaps        []Gap        // dropdowns and text
	Pairs       []Pair       // match: the left side; likert: the statements
	Number      *NumberRange // numeric
	Passage     Prose        // mark-text: [[id: words]] stands for an option
	Model       Prose        // essay: the model answer
	Image       string       // hotspot: the picture, relative to the module's folder
	Scoring     Scoring
	Hints       []Prose
	HintCost    int   // per cent of the points that each hint costs
	Explanation Prose // shown to everybody afterwards
	Objective   Ref   // an objective of the module
	See         Ref   // the lesson, or heading in it, that teaches this
	Weight      float64
	Pos         diag.Pos
}

// Option is something that can be chosen or moved.
type Option struct {
	ID       string // unique in the question, independent of its place
	Text     Prose
	Correct  bool
	Feedback Prose // for having chosen it
	Unchosen Prose // for not having chosen it
	Area     []int // hotspot: x, y, width, height in pixels of the picture
	Pos      diag.Pos
}

// Gap is one blank of a dropdowns or text question.
type Gap struct {
	ID      string
	Choices []Option // dropdowns
	Answers []Answer // text
	Case    bool     // text: capitals matter
	Accents bool     // text: accents and Arabic marks matter
	Typos   int      // text: letters that may be wrong
	Pos     diag.Pos
}

// Answer is an accepted text, or several with | between them: a translation may need more of them than its source.
type Answer struct {
	Text     Text
	Fraction int // per cent of the gap's points
	Feedback Prose
}

// Pair is a left side of a match question with the option that belongs to it; several may share one. In a likert question it is a
// statement, without a choice.
type Pair struct {
	ID       string
	Text     Prose
	Choice   string
	Feedback Prose
	Pos      diag.Pos
}

// NumberRange is what a numeric question accepts, ends included.
type NumberRange struct {
	Least, Most float64
	Unit        Text
}

// Correct lists the ids of the options that make the full answer, in order.
func (q Question) Correct() []string {
	var ids []string
	for _, o := range q.Options {
		if o.Correct || q.Type == Order {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// Links lists the links in all texts of the quiz. Their destinations are relative to the module's folder.
func (q Quiz) Links() []Link {
	links := append([]Link(nil), q.Intro.Links...)
	add := func(ps ...Prose) {
		for _, p := range ps {
			links = append(links, p.Links...)
		}
	}
	option := func(o Option) { add(o.Text, o.Feedback, o.Unchosen) }
	for _, question := range q.Questions {
		if question.Image != "" {
			links = append(links, Link{Dest: question.Image, Image: true, Alt: question.Prompt.Source, Pos: question.Pos})
		}
		add(question.Prompt, question.Explanation, question.Passage, question.Model)
		add(question.Hints...)
		for _, o := range question.Options {
			option(o)
		}
		for _, g := range question.Gaps {
			for _, o := range g.Choices {
				option(o)
			}
			for _, a := range g.Answers {
				add(a.Feedback)
			}
		}
		for _, p := range question.Pairs {
			add(p.Text, p.Feedback)
		}
	}
	return links
}
