package course

import "lectern/internal/diag"

// Trial is a mock trial: one source for a person alone in the browser, for a workshop and for paper. Who may see a text is part of
// the model, so that each file for a role is made from what that role may see and from nothing else.
type Trial struct {
	File         string
	Domain       string // of the texts in the file itself; documents have their own
	Tradition    Tradition
	Country      Text // fictional
	Warnings     Prose
	Adapt        Prose // facilitators: what a country should change
	Care         Prose // opting out, leaving the role behind, where to turn
	Least, Most  int   // people
	Days         int
	Roles        []Role
	Facts        []Fact
	Phases       []Phase
	Exhibits     []Exhibit
	Statements   []Statement
	Stipulations []Prose
	Law          []Document // the law pack, for everybody
	Decisions    []Decision
	Endings      []Ending
	Injects      []Inject
	Rubric       []Criterion
	Verdict      []Form // the questions of the verdict form
	Sentence     []Form // the questions of the sentence form
	Debrief      []Prose
	Outcome      Prose // revealed last
	Pos          diag.Pos
}

// Tradition is a legal tradition.
type Tradition string

const (
	CommonLaw Tradition = "common"
	CivilLaw  Tradition = "civil"
	MixedLaw  Tradition = "mixed"
)

// Side is where a role stands.
type Side string

const (
	Prosecution Side = "prosecution"
	Defence     Side = "defence"
	Court       Side = "court"
	Witness     Side = "witness"
	Neutral     Side = "neutral"
)

// Role is a part that people play.
type Role struct {
	ID          string
	Title       Text
	Side        Side
	Least, Most int  // people
	Doubling    bool // a person may play it beside another role
	Alone       bool // it can be played alone; only such roles' texts are in a learner's site
	Brief       Document
	Secret      Document // for this role only
	Objectives  []Prose
	NotKnown    []Ref // facts that the role must not know
	Pos         diag.Pos
}

// Document is a Markdown file of a trial.
type Document struct {
	File   string
	Domain string
	Title  Text
	Body   Body
}

// Truth says how a fact of the scenario stands.
type Truth string

const (
	True     Truth = "true"
	Disputed Truth = "disputed"
	False    Truth = "false"
)

// Fact is something that happened, or did not, and who knows of it.
type Fact struct {
	ID      string
	Text    Prose
	Truth   Truth
	KnownBy []Ref // roles
	Sources []Ref // exhibits and statements that show it
	Pos     diag.Pos
}

// PhaseKind is the step of proceedings that a phase stands for.
type PhaseKind string

const (
	Investigation PhaseKind = "investigation"
	Charging      PhaseKind = "charging"
	PreTrial      PhaseKind = "pre-trial"
	Hearing       PhaseKind = "hearing"
	Deliberation  PhaseKind = "deliberation"
	Sentencing    PhaseKind = "sentence"
	Debriefing    PhaseKind = "debrief"
)

// PhaseKinds lists the kinds of phases in the order of proceedings.
func PhaseKinds() []PhaseKind {
	return []PhaseKind{Investigation, Charging, PreTrial, Hearing, Deliberation, Sentencing, Debriefing}
}

// Phase is a part of the trial with a planned time.
type Phase struct {
	ID          string
	Kind        PhaseKind
	Title       Text
	Minutes     int
	Entry, Exit Prose
	Cues        []Prose // facilitators
	Pos         diag.Pos
}

// Sight says who may see something, and from which phase on. Without roles, everybody may.
type Sight struct {
	Roles []Ref
	From  Ref // a phase; empty means from the start
}

// Exhibit is a piece of evidence as a court numbers it.
type Exhibit struct {
	ID            string
	Number        string // "P-1"
	Title         Text
	Document      Document
	Source        Prose
	Custody       Prose
	Sight         Sight
	Redacted      *Redaction
	Admissibility *Admissibility
	Pos           diag.Pos
}

// Redaction is the variant of an exhibit that some roles see instead.
type Redaction struct {
	Document Document
	Roles    []Ref
}

// Admissibility is the question whether the court may use an exhibit.
type Admissibility struct {
	Question Prose
	Answer   Prose // the court and facilitators
}

// Statement is what a witness said before the hearing: an account with its inconsistencies, not a script.
type Statement struct {
	ID              string
	Title           Text
	Witness         Ref // a role
	Document        Document
	Sight           Sight
	Inconsistencies []Inconsistency // facilitators
	Pos             diag.Pos
}

// Inconsistency is where a statement differs from something else.
type Inconsistency struct {
	Text Prose
	With Ref // an exhibit or statement
}

// Element is an element of the offence.
type Element string

const (
	Act     Element = "act"
	Means   Element = "means"
	Purpose Element = "purpose"
)

// Elements lists the elements in the order of the definition.
func Elements() []Element { return []Element{Act, Means, Purpose} }

// Decision is a choice that a role makes when it is played alone.
type Decision struct {
	ID       string
	Phase    Ref
	Roles    []Ref // who decides
	Title    Text
	Prompt   Prose
	Test     LegalTest
	Evidence []Ref // exhibits and statements to have at hand
	Options  []Choice
	Pos      diag.Pos
}

// LegalTest is the rule that a decision applies.
type LegalTest struct {
	Elements []Element
	Text     Prose
}

// Choice is one way to decide.
type Choice struct {
	ID          string
	Text        Prose
	Consequence Prose
	Effects     map[Element]int // how much better or worse the element stands afterwards
	Scores      map[string]int  // level reached, by criterion
	Next        Ref             // a decision or an ending
	Pos         diag.Pos
}

// Ending is a way for the trial to end.
type Ending struct {
	ID    string
	Title Text
	Text  Prose
	Pos   diag.Pos
}

// Inject is news that arrives during a phase.
type Inject struct {
	ID     string
	Phase  Ref
	Minute int // of the phase; 0 means when the facilitator chooses
	Title  Text
	Text   Prose
	Sight  Sight
	Pos    diag.Pos
}

// Criterion is a line of the rubric.
type Criterion struct {
	ID     string
	Title  Text
	Roles  []Ref   // whom it assesses
	Levels []Prose // from the lowest; a level's number is its place, from 0
	Pos    diag.Pos
}

// Form is a question of the verdict or sentence form.
type Form struct {
	ID      string
	Text    Prose
	Options []Prose // none: an open question
}

// MaySee reports whether a role may see something at a phase, given the phases' order. An unknown phase is before all.
func (t Trial) MaySee(s Sight, role, phase string) bool {
	if len(s.Roles) > 0 && !refs(s.Roles, role) {
		return false
	}
	return t.phase(phase) >= t.phase(s.From.ID)
}

// phase is the place of a phase, -1 for none.
func (t Trial) phase(id string) int {
	for i, p := range t.Phases {
		if p.ID == id {
			return i
		}
	}
	return -1
}

func refs(list []Ref, id string) bool {
	for _, r := range list {
		if r.ID == id {
			return true
		}
	}
	return false
}
