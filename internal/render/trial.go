package render

import (
	"fmt"
	"slices"
	"strings"

	"lectern/internal/course"
)

// trialData is a mock trial as its page may show it: of a role, of what is revealed last, or for facilitators the whole.
type trialData struct {
	Country      textData        `json:"country"`
	Tradition    string          `json:"tradition"`
	Least        int             `json:"least"`
	Most         int             `json:"most"`
	Days         int             `json:"days"`
	Warnings     *textData       `json:"warnings,omitempty"`
	Care         *textData       `json:"care,omitempty"`
	Adapt        *textData       `json:"adapt,omitempty"`
	Role         *roleData       `json:"role,omitempty"` // whose page this is
	Roles        []roleData      `json:"roles,omitempty"`
	Law          []documentData  `json:"law,omitempty"`
	Stipulations []textData      `json:"stipulations,omitempty"`
	Facts        []factData      `json:"facts,omitempty"`
	Phases       []phaseData     `json:"phases,omitempty"`
	Exhibits     []exhibitData   `json:"exhibits,omitempty"`
	Statements   []statementData `json:"statements,omitempty"`
	Decisions    []decisionData  `json:"decisions,omitempty"`
	Endings      []endingData    `json:"endings,omitempty"`
	Injects      []injectData    `json:"injects,omitempty"`
	Rubric       []criterionData `json:"rubric,omitempty"`
	Verdict      []formData      `json:"verdict,omitempty"`
	Sentence     []formData      `json:"sentence,omitempty"`
	Debrief      []textData      `json:"debrief,omitempty"`
	Outcome      *textData       `json:"outcome,omitempty"`
	Plays        []linkData      `json:"plays,omitempty"`
	Packets      []linkData      `json:"packets,omitempty"`
	Reveal       string          `json:"reveal,omitempty"` // address of what is revealed last
	Papers       string          `json:"papers,omitempty"`
	Map          string          `json:"map,omitempty"` // the decision map, an SVG file, for facilitators
}

// documentData is Markdown to render as blocks.
type documentData struct {
	Title textData `json:"title"`
	Text  string   `json:"text"`
}

type roleData struct {
	ID         string        `json:"id"`
	Title      textData      `json:"title"`
	Side       string        `json:"side"`
	Least      int           `json:"least"`
	Most       int           `json:"most"`
	Doubling   bool          `json:"doubling,omitempty"`
	Alone      bool          `json:"alone,omitempty"`
	Brief      *documentData `json:"brief,omitempty"`
	Secret     *documentData `json:"secret,omitempty"`
	Objectives []textData    `json:"objectives,omitempty"`
}

type factData struct {
	Text    textData   `json:"text"`
	Truth   string     `json:"truth"`
	KnownBy []textData `json:"knownby,omitempty"` // titles of roles
}

type phaseData struct {
	ID      string     `json:"id"`
	Kind    string     `json:"kind"`
	Title   textData   `json:"title"`
	Minutes int        `json:"minutes"`
	Entry   *textData  `json:"entry,omitempty"`
	Exit    *textData  `json:"exit,omitempty"`
	Cues    []textData `json:"cues,omitempty"`
}

type exhibitData struct {
	ID       string       `json:"id"`
	Number   string       `json:"number"`
	Title    textData     `json:"title"`
	Document documentData `json:"document"`
	Source   *textData    `json:"source,omitempty"`
	Custody  *textData    `json:"custody,omitempty"`
	From     string       `json:"from,omitempty"`     // phase
	Question *textData    `json:"question,omitempty"` // of admissibility, facilitators
	Ruling   *textData    `json:"ruling,omitempty"`
}

type statementData struct {
	ID              string       `json:"id"`
	Title           textData     `json:"title"`
	Document        documentData `json:"document"`
	From            string       `json:"from,omitempty"`
	Inconsistencies []textData   `json:"inconsistencies,omitempty"`
}

type decisionData struct {
	ID       string       `json:"id"`
	Phase    string       `json:"phase"`
	Title    textData     `json:"title"`
	Prompt   textData     `json:"prompt"`
	Elements []string     `json:"elements"`
	Test     textData     `json:"test"`
	Evidence []string     `json:"evidence,omitempty"`
	Options  []choiceItem `json:"options"`
}

type choiceItem struct {
	ID          string         `json:"id"`
	Text        textData       `json:"text"`
	Consequence textData       `json:"consequence"`
	Effects     map[string]int `json:"effects,omitempty"`
	Scores      map[string]int `json:"scores,omitempty"`
	Next        string         `json:"next"`
}

type endingData struct {
	ID    string   `json:"id"`
	Title textData `json:"title"`
	Text  textData `json:"text"`
}

type injectData struct {
	ID     string   `json:"id"`
	Phase  string   `json:"phase"`
	Minute int      `json:"minute,omitempty"`
	Title  textData `json:"title"`
	Text   textData `json:"text"`
}

type criterionData struct {
	ID     string     `json:"id"`
	Title  textData   `json:"title"`
	Levels []textData `json:"levels"`
}

type formData struct {
	ID      string     `json:"id"`
	Text    textData   `json:"text"`
	Options []textData `json:"options,omitempty"`
}

// trialPages writes the pages of a mock trial.
func (c *composer) trialPages(e course.Edition, parent linkData) {
	for _, p := range e.TrialPages() {
		data := c.page(p.Path, p.Title, course.Text{})
		md := c.module(data.Root, e, data.Path)
		data.Module, data.Number, data.Version = &md, e.Module.Number, e.Version
		c.crumbs(data, linkData{parent.Title, href(data.Root, parent.Href, "")}, linkData{c.text(e.Module.Title), md.Href})
		shown := course.Trial{}
		switch p.Layout {
		case "play", "packet":
			shown = p.Play.Trial
			data.Trial = c.trial(shown)
			role := c.role(p.Play.Role)
			data.Trial.Role = &role
			if p.Layout == "packet" { // a packet is for a hearing in a room, where nobody follows the solo path
				data.Trial.Decisions, data.Trial.Endings = nil, nil
			}
		case "reveal":
			data.Trial = &trialData{Outcome: optionalText(c.work, e.Reveal.Outcome), Debrief: c.proses(e.Reveal.Debrief)}
			shown = course.Trial{Outcome: e.Reveal.Outcome, Debrief: e.Reveal.Debrief}
		default:
			shown = *e.Module.Trial
			data.Trial = c.trial(shown)
		}
		c.trialLinks(data.Trial, data.Root, e)
		c.linkTrial(data, shown)
		c.write(p.Path+".md", p.Layout, data, course.Body{}, e.Module.File, nil)
	}
}

func (c *composer) trialLinks(t *trialData, root string, e course.Edition) {
	for _, p := range e.TrialPages() {
		link := linkData{c.text(p.Title), href(root, p.Path, "")}
		switch p.Layout {
		case "play":
			t.Plays = append(t.Plays, link)
		case "packet":
			t.Packets = append(t.Packets, link)
		case "reveal":
			t.Reveal = link.Href
		case "papers":
			t.Papers = link.Href
		}
	}
}

func (c *composer) proses(ps []course.Prose) []textData {
	var out []textData
	for _, p := range ps {
		out = append(out, c.text(p.Text))
	}
	return out
}

var foreignMarks = strings.NewReplacer(markForeign, "", markNative, "")

func (c *composer) document(d course.Document) documentData {
	if holdsMark(d.Body.Source) || slices.ContainsFunc(d.Body.Segments, func(s course.Segment) bool { return holdsMark(s.Value) }) {
		c.fail(fmt.Errorf("%s: %w", d.File, errUnsafe))
	}
	// No ids: several documents stand on one page, and equal paragraphs would share one.
	return documentData{c.text(d.Title), d.Body.Splice(func(s course.Segment) string {
		if s.Foreign() && s.Kind != course.KindAlt && s.Kind != course.KindCaption {
			return markForeign + s.Value + markNative
		}
		return s.Value
	})}
}

func (c *composer) optionalDocument(d course.Document) *documentData {
	if d.File == "" {
		return nil
	}
	data := c.document(d)
	return &data
}

func (c *composer) role(r course.Role) roleData {
	return roleData{
		ID: r.ID, Title: c.text(r.Title), Side: string(r.Side), Least: r.Least, Most: r.Most, Doubling: r.Doubling, Alone: r.Alone,
		Brief: c.optionalDocument(r.Brief), Secret: c.optionalDocument(r.Secret), Objectives: c.proses(r.Objectives),
	}
}

func (c *composer) trial(t course.Trial) *trialData {
	optional := func(p course.Prose) *textData { return optionalText(c.work, p) }
	data := &trialData{
		Country: c.text(t.Country), Tradition: string(t.Tradition), Least: t.Least, Most: t.Most, Days: t.Days,
		Warnings: optional(t.Warnings), Care: optional(t.Care), Adapt: optional(t.Adapt), Outcome: optional(t.Outcome),
		Stipulations: c.proses(t.Stipulations), Debrief: c.proses(t.Debrief), Verdict: c.forms(t.Verdict), Sentence: c.forms(t.Sentence),
	}
	titles := map[string]textData{}
	for _, r := range t.Roles {
		titles[r.ID] = c.text(r.Title)
		data.Roles = append(data.Roles, c.role(r))
	}
	for _, d := range t.Law {
		data.Law = append(data.Law, c.document(d))
	}
	for _, f := range t.Facts {
		fact := factData{Text: c.text(f.Text.Text), Truth: string(f.Truth)}
		for _, r := range f.KnownBy {
			fact.KnownBy = append(fact.KnownBy, titles[r.ID])
		}
		data.Facts = append(data.Facts, fact)
	}
	for _, p := range t.Phases {
		data.Phases = append(data.Phases, phaseData{p.ID, string(p.Kind), c.text(p.Title), p.Minutes, optional(p.Entry), optional(p.Exit), c.proses(p.Cues)})
	}
	for _, e := range t.Exhibits {
		exhibit := exhibitData{
			ID: e.ID, Number: e.Number, Title: c.text(e.Title), Document: c.document(e.Document), Source: optional(e.Source),
			Custody: optional(e.Custody), From: e.Sight.From.ID,
		}
		if a := e.Admissibility; a != nil {
			exhibit.Question, exhibit.Ruling = optional(a.Question), optional(a.Answer)
		}
		data.Exhibits = append(data.Exhibits, exhibit)
	}
	for _, s := range t.Statements {
		statement := statementData{ID: s.ID, Title: c.text(s.Title), Document: c.document(s.Document), From: s.Sight.From.ID}
		for _, i := range s.Inconsistencies {
			statement.Inconsistencies = append(statement.Inconsistencies, c.text(i.Text.Text))
		}
		data.Statements = append(data.Statements, statement)
	}
	for _, d := range t.Decisions {
		data.Decisions = append(data.Decisions, c.decision(d))
	}
	for _, e := range t.Endings {
		data.Endings = append(data.Endings, endingData{e.ID, c.text(e.Title), c.text(e.Text.Text)})
	}
	for _, i := range t.Injects {
		data.Injects = append(data.Injects, injectData{i.ID, i.Phase.ID, i.Minute, c.text(i.Title), c.text(i.Text.Text)})
	}
	for _, r := range t.Rubric {
		data.Rubric = append(data.Rubric, criterionData{r.ID, c.text(r.Title), c.proses(r.Levels)})
	}
	return data
}

func (c *composer) decision(d course.Decision) decisionData {
	data := decisionData{ID: d.ID, Phase: d.Phase.ID, Title: c.text(d.Title), Prompt: c.text(d.Prompt.Text), Test: c.text(d.Test.Text.Text)}
	for _, e := range d.Test.Elements {
		data.Elements = append(data.Elements, string(e))
	}
	for _, r := range d.Evidence {
		data.Evidence = append(data.Evidence, r.ID)
	}
	for _, o := range d.Options {
		choice := choiceItem{ID: o.ID, Text: c.text(o.Text.Text), Consequence: c.text(o.Consequence.Text), Effects: map[string]int{}, Scores: o.Scores, Next: o.Next.ID}
		for element, effect := range o.Effects {
			choice.Effects[string(element)] = effect
		}
		data.Options = append(data.Options, choice)
	}
	return data
}

func (c *composer) forms(forms []course.Form) []formData {
	var out []formData
	for _, f := range forms {
		out = append(out, formData{f.ID, c.text(f.Text.Text), c.proses(f.Options)})
	}
	return out
}

// linkTrial resolves the links in a trial's texts into the page's parameters.
func (c *composer) linkTrial(data *pageData, t course.Trial) {
	data.Links = map[string]destData{}
	for _, l := range t.Links() {
		if _, done := data.Links[strings.ToLower(l.Dest)]; !done {
			c.link(data, l.Pos.File, l)
		}
	}
}
