package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"lectern/internal/course"
)

// contents gives Hugo's content files for a work, one by one; when modules are named, only those of the modules and of the pages
// that list modules.
func contents(work course.Work, modules []string, put func(name string, content []byte) error) error {
	c := &composer{work: work, put: put, titles: map[string]course.Text{}, terms: map[string]course.Term{}, sources: map[string]course.Source{}, objectives: map[string][]course.Objective{}}
	for _, t := range work.Terms {
		c.terms[t.ID] = t
	}
	for _, s := range work.Sources {
		c.sources[s.ID] = s
	}
	for _, e := range work.Editions {
		c.objectives[e.Module.Path] = e.Module.Objectives
		for _, p := range e.Module.Pages() {
			c.titles[p.Path] = p.Title
		}
	}
	c.links = course.NewLinks(library(work))
	c.home()
	for _, col := range work.Collections {
		c.collection(col)
	}
	for _, e := range work.Editions {
		if modules == nil || slices.Contains(modules, e.Module.Path) {
			c.edition(e)
		}
	}
	if len(work.Terms) > 0 && modules == nil {
		c.glossary()
	}
	return c.err
}

// library puts a work's modules back into their collections, for what needs the whole.
func library(work course.Work) course.Library {
	lib := course.Library{Lang: work.Lang.Code, SourceLang: work.SourceLang.Code, Home: work.Home, Terms: work.Terms, Sources: work.Sources}
	for _, col := range work.Collections {
		for _, e := range work.In(col.Path) {
			col.Modules = append(col.Modules, e.Module)
		}
		lib.Collections = append(lib.Collections, col)
	}
	return lib
}

type composer struct {
	work       course.Work
	links      *course.Links
	titles     map[string]course.Text        // of the pages of modules, by path
	objectives map[string][]course.Objective // by the module's path
	terms      map[string]course.Term
	sources    map[string]course.Source
	put        func(name string, content []byte) error
	err        error // the first
}

func (c *composer) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

func (c *composer) text(t course.Text) textData { return textOf(c.work, t) }

// page begins the parameters of a page.
func (c *composer) page(address string, title, summary course.Text) *pageData {
	return &pageData{Path: address, Root: rootOf(address), Title: c.text(title), Summary: c.text(summary)}
}

// write finishes a page. body is the page's own Markdown; quizzes are those whose texts it shows.
func (c *composer) write(name, layout string, data *pageData, body course.Body, from string, quizzes []course.Quiz) {
	if data.Links == nil {
		data.Links = map[string]destData{}
	}
	link := func(file string, l course.Link) {
		if _, done := data.Links[strings.ToLower(l.Dest)]; !done {
			c.link(data, file, l)
		}
	}
	for _, l := range body.Links {
		link(from, l)
	}
	for _, q := range quizzes {
		for _, l := range q.Links() {
			link(q.From, l)
		}
		data.Quizzes = append(data.Quizzes, c.quiz(data, q))
	}
	titles := map[string]course.Text{}
	for _, s := range body.Segments {
		if s.Kind == course.KindHeading {
			titles[s.ID] = s.Text
		}
	}
	for _, b := range body.Blocks {
		if b.Kind == course.Heading && b.Level <= 3 {
			title := c.text(titles[b.ID])
			title.V = markup.Replace(title.V)
			data.Headings = append(data.Headings, headingData{ID: b.ID, Level: b.Level, Title: title})
		}
	}
	c.count(data, body, quizzes)
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false) // front matter is not HTML, and escapes cost Hugo time
	err := enc.Encode(struct {
		Title  string    `json:"title"`
		Layout string    `json:"layout"`
		Params *pageData `json:"params"`
	}{data.Title.V, layout, data})
	if err != nil {
		panic(fmt.Sprintf("page parameters are plain values: %v", err))
	}
	// Checking refused these already. Shortcodes are Hugo's programs and marks become markup, so nothing that holds one may reach it.
	params := out.String()
	if data.Trial != nil { // its documents are parameters, in which only we have marked what is foreign: document looked at them
		params = foreignMarks.Replace(params)
	}
	if holdsMark(params) || holdsMark(body.Source) || slices.ContainsFunc(body.Segments, func(s course.Segment) bool { return holdsMark(s.Value) }) {
		c.fail(fmt.Errorf("%s: %w", from, errUnsafe))
	}
	out.WriteByte('\n')
	out.WriteString(marked(body))
	if callsShortcode(out.Bytes()) {
		c.fail(fmt.Errorf("%s: %w", from, errUnsafe))
	}
	if c.err == nil {
		c.fail(c.put(path.Join(root, "content", name), out.Bytes()))
	}
}

func holdsMark(text string) bool { return strings.Contains(text, "\xee\x80") } // the first bytes of every mark

func callsShortcode(content []byte) bool {
	for _, call := range []string{"{{<", "{{%", "{{__"} {
		if bytes.Contains(content, []byte(call)) {
			return true
		}
	}
	return false
}

// marked is a body in the work's language with marks for ids and for text in the source language.
func marked(b course.Body) string {
	return b.Splice(func(s course.Segment) string {
		v := s.Value
		switch s.Kind { // they become attributes
		case course.KindAlt:
			return v
		case course.KindCaption:
			return strings.ReplaceAll(v, `"`, markQuote)
		}
		if s.Foreign() {
			v = markForeign + v + markNative
		}
		if s.Anchor {
			v = markID + s.ID + markIDEnd + v
		}
		return v
	})
}

// markup is left out of the list of headings.
var markup = strings.NewReplacer("*", "", "`", "", "_", "")

// link resolves a destination into the page's parameters. Checking found every broken one: a link that leads nowhere now leads
// to what this work leaves out, a draft or another collection, and shows its words only.
func (c *composer) link(data *pageData, file string, l course.Link) {
	target, problem := c.links.Resolve(file, l)
	if problem != nil {
		return
	}
	key := strings.ToLower(l.Dest)
	switch target.Kind {
	case course.TargetPage:
		data.Links[key] = destData{Kind: "page", Href: href(data.Root, target.Path, target.Anchor)}
	case course.TargetTerm:
		data.Links[key] = destData{Kind: "term", Href: href(data.Root, "glossary", "term-"+target.Anchor)}
		data.Terms = append(data.Terms, c.term(c.terms[target.Anchor]))
	case course.TargetSource:
		data.Links[key] = destData{Kind: "source", Href: "#source-" + target.Anchor}
		data.Cites = append(data.Cites, *c.cite(target.Anchor))
	case course.TargetImage:
		data.Links[key] = destData{Kind: "image", Href: c.image(data.Root, target.Image), Width: target.Image.Width, Height: target.Image.Height}
	}
}

// image is where a picture is: a diagram below its language, because its words are translated, other pictures once for all.
func (c *composer) image(root string, i course.Image) string {
	if i.SVG != "" {
		return root + ImagePath(i)
	}
	return root + "../" + ImagePath(i)
}

// ImagePath is a picture's place in the output: of a diagram below its language, of others below the whole.
func ImagePath(i course.Image) string {
	return "media/" + strings.TrimPrefix(i.File, "modules/")
}

func (c *composer) term(t course.Term) termData {
	name, in := t.Name(c.work.Lang.Code, c.work.SourceLang.Code)
	data := termData{ID: t.ID, Name: textData{V: name}, Definition: c.text(t.Definition), Article: t.Article}
	if in != c.work.Lang.Code {
		data.Name.Lang, data.Name.Dir = c.work.SourceLang.Code, c.work.SourceLang.Direction
	}
	if t.Cite != "" {
		data.Cite = c.cite(t.Cite)
	}
	return data
}

func (c *composer) cite(id string) *citeData {
	s := c.sources[id]
	return &citeData{ID: s.ID, Author: c.text(s.Author), Title: c.text(s.Title), Year: s.Year, URL: s.URL}
}

// count tells how many of a page's texts are shown in the source language.
func (c *composer) count(data *pageData, body course.Body, quizzes []course.Quiz) {
	count := func(_ string, t course.Text) course.Text {
		if t.Source != "" {
			data.Texts++
			if t.Foreign() {
				data.Foreign++
			}
		}
		return t
	}
	for i := range body.Segments {
		count("", body.Segments[i].Text)
	}
	if len(quizzes) > 0 {
		course.Library{Collections: []course.Collection{{Modules: []course.Module{{Quizzes: quizzes}}}}}.Visit(count)
	}
	for _, t := range []textData{data.Title, data.Summary} {
		if t.V != "" {
			data.Texts++
			if t.Lang != "" {
				data.Foreign++
			}
		}
	}
}

func (c *composer) home() {
	data := c.page("", c.work.Home.Title, c.work.Home.Summary)
	for _, col := range c.work.Collections {
		cd := collectionData{Href: href("", col.Path, ""), Title: c.text(col.Title), Summary: c.text(col.Summary)}
		for _, e := range c.work.In(col.Path) {
			cd.Modules = append(cd.Modules, c.module("", e, ""))
		}
		data.Collections = append(data.Collections, cd)
	}
	c.write("_index.md", "home", data, c.work.Home.Body, c.work.Home.File, nil)
}

func (c *composer) crumbs(data *pageData, pages ...linkData) {
	data.Crumbs = append([]linkData{{c.text(c.work.Home.Title), data.Root + "index.html"}}, pages...)
}

func (c *composer) collection(col course.Collection) {
	data := c.page(col.Path, col.Title, col.Summary)
	c.crumbs(data)
	for _, e := range c.work.In(col.Path) {
		data.Modules = append(data.Modules, c.module(data.Root, e, ""))
	}
	c.write(col.Path+"/_index.md", "collection", data, col.Body, col.File, nil)
}

// module is a module as other pages show it. With current set, it lists its lessons and marks the page of that address. Pages
// inside it get what their navigation needs: a summary or a time that changes is to change no page that does not show it.
func (c *composer) module(root string, e course.Edition, current string) moduleData {
	m := e.Module
	inside := current != "" && current != m.Path
	data := moduleData{Path: m.Path, Href: href(root, m.Path, ""), Number: m.Number, Level: string(m.Level), Title: c.text(m.Title)}
	if !inside {
		data.Minutes, data.Summary = m.Minutes(), c.text(m.Summary)
	}
	if current == "" {
		return data
	}
	for _, l := range m.Lessons {
		lesson := lessonData{Title: c.text(l.Title), Href: href(root, l.Path, ""), Path: l.Path, Current: l.Path == current}
		if !inside {
			lesson.Summary, lesson.Level, lesson.Minutes = c.text(l.Summary), string(l.Level), l.Minutes
		}
		data.Lessons = append(data.Lessons, lesson)
	}
	for _, q := range m.Unplaced() {
		data.Quizzes = append(data.Quizzes, linkData{c.text(q.Title), href(root, m.Path+"/"+q.ID, "")})
	}
	for _, p := range e.Papers() {
		data.Papers = append(data.Papers, paperData{p.Layout, linkData{c.text(p.Title), href(root, p.Path, "")}})
	}
	return data
}

func (c *composer) edition(e course.Edition) {
	m := e.Module
	var parent linkData
	for _, col := range c.work.Collections {
		if col.Path == e.Collection {
			parent = linkData{c.text(col.Title), col.Path}
		}
	}
	steps := m.Pages()
	begin := func(i int, summary course.Text) *pageData {
		data := c.page(steps[i].Path, steps[i].Title, summary)
		md := c.module(data.Root, e, data.Path)
		data.Module, data.Number, data.Version = &md, m.Number, e.Version
		crumbs := []linkData{{parent.Title, href(data.Root, parent.Href, "")}}
		if i > 0 {
			crumbs = append(crumbs, linkData{c.text(m.Title), md.Href})
			data.Prev = &linkData{c.text(steps[i-1].Title), href(data.Root, steps[i-1].Path, "")}
		}
		if i+1 < len(steps) {
			data.Next = &linkData{c.text(steps[i+1].Title), href(data.Root, steps[i+1].Path, "")}
		}
		c.crumbs(data, crumbs...)
		return data
	}

	data := begin(0, m.Summary)
	data.Level, data.Minutes = string(m.Level), m.Minutes()
	for _, o := range m.Objectives {
		data.Objectives = append(data.Objectives, c.text(o.Text))
	}
	if m.Trial != nil {
		data.Trial = c.trial(*m.Trial)
		c.trialLinks(data.Trial, data.Root, e)
		c.linkTrial(data, *m.Trial)
	}
	c.write(m.Path+"/_index.md", "module", data, m.Body, m.File, placed(m, m.Body))
	for i, l := range m.Lessons {
		data := begin(i+1, l.Summary)
		data.Level, data.Minutes = string(l.Level), l.Minutes
		for _, ref := range l.Objectives {
			for _, o := range m.Objectives {
				if o.ID == ref.ID {
					data.Objectives = append(data.Objectives, c.text(o.Text))
				}
			}
		}
		c.write(l.Path+".md", "lesson", data, l.Body, l.File, placed(m, l.Body))
	}
	for i, q := range m.Unplaced() {
		data := begin(1+len(m.Lessons)+i, course.Text{})
		c.write(m.Path+"/"+q.ID+".md", "quiz", data, course.Body{}, q.File, []course.Quiz{q})
	}
	for _, p := range e.Papers() {
		data := c.page(p.Path, p.Title, course.Text{})
		md := c.module(data.Root, e, data.Path)
		data.Module, data.Number, data.Version = &md, m.Number, e.Version
		c.crumbs(data, linkData{parent.Title, href(data.Root, parent.Href, "")}, linkData{c.text(m.Title), md.Href})
		c.write(p.Path+".md", p.Layout, data, course.Body{}, p.Quiz.File, []course.Quiz{p.Quiz})
	}
	c.trialPages(e, parent)
}

// placed lists the quizzes that a body places.
func placed(m course.Module, b course.Body) []course.Quiz {
	var out []course.Quiz
	for _, f := range b.Quizzes() {
		if q, ok := m.Quiz(f.Text); ok {
			out = append(out, q)
		}
	}
	return out
}

func (c *composer) glossary() {
	data := c.page("glossary", course.Text{}, course.Text{})
	c.crumbs(data)
	for _, t := range c.work.Terms {
		td := c.term(t)
		for _, l := range c.work.Languages {
			if n, ok := t.Names[l.Code]; ok && l.Code != c.work.Lang.Code {
				td.Names = append(td.Names, nameData{languageData{l.Code, l.Label, l.Direction}, n.Term})
			}
		}
		data.Terms = append(data.Terms, td)
		data.Texts++
		if td.Definition.Lang != "" {
			data.Foreign++
		}
	}
	c.write("glossary.md", "glossary", data, course.Body{}, "translations/terms.yaml", nil)
}

func (c *composer) quiz(page *pageData, q course.Quiz) quizData {
	module := strings.TrimSuffix(q.Domain, "/quizzes")
	data := quizData{
		ID: q.ID, Key: module + "/" + q.ID, Title: c.text(q.Title), Intro: optionalText(c.work, q.Intro), Mode: string(q.Mode), Pass: q.Pass,
		Attempts: q.Attempts, Shuffle: q.Shuffle, Draw: q.Draw, Feedback: string(q.Feedback), Minutes: q.Minutes,
		Certainty: q.Certainty,
	}
	served := map[string]bool{}
	for _, question := range q.Questions {
		data.Questions = append(data.Questions, c.question(page, q, question))
		served[question.Objective.ID] = true
	}
	for _, o := range c.objectives[module] {
		if served[o.ID] {
			data.Objectives = append(data.Objectives, objectiveData{o.ID, c.text(o.Text)})
		}
	}
	return data
}

func (c *composer) question(page *pageData, quiz course.Quiz, q course.Question) questionData {
	optional := func(p course.Prose) *textData { return optionalText(c.work, p) }
	data := questionData{
		ID: q.ID, Digest: q.Digest(), Type: string(q.Type), Prompt: c.text(q.Prompt.Text), Options: c.options(q.Options),
		Passage: optional(q.Passage), Model: optional(q.Model), Scoring: string(q.Scoring), HintCost: q.HintCost,
		Explanation: optional(q.Explanation), Objective: q.Objective.ID, Weight: q.Weight,
	}
	for _, g := range q.Gaps {
		gap := gapData{ID: g.ID, Choices: c.options(g.Choices), Case: g.Case, Accents: g.Accents, Typos: g.Typos}
		for _, a := range g.Answers {
			gap.Answers = append(gap.Answers, answerData{a.Text.Value, a.Fraction, optional(a.Feedback)})
		}
		data.Gaps = append(data.Gaps, gap)
	}
	for _, p := range q.Pairs {
		data.Pairs = append(data.Pairs, pairData{p.ID, c.text(p.Text.Text), p.Choice, optional(p.Feedback)})
	}
	if n := q.Number; n != nil {
		data.Number = &numberData{n.Least, n.Most, c.text(n.Unit)}
	}
	for _, h := range q.Hints {
		data.Hints = append(data.Hints, c.text(h.Text))
	}
	if q.See.ID != "" { // as a link in a text, it may lead to what this work leaves out
		if t, problem := c.links.Resolve(quiz.From, course.Link{Dest: q.See.ID, Pos: q.See.Pos}); problem == nil {
			data.See = &linkData{c.text(c.titles[t.Path]), href(page.Root, t.Path, t.Anchor)}
		}
	}
	if q.Image != "" {
		t, problem := c.links.Resolve(quiz.From, course.Link{Dest: q.Image, Image: true, Pos: q.Pos})
		if problem != nil {
			c.fail(fmt.Errorf("%s", problem))
		}
		i := t.Image
		data.Image = &destData{Kind: "image", Href: c.image(page.Root, i), Width: i.Width, Height: i.Height}
	}
	return data
}

func (c *composer) options(options []course.Option) []optionData {
	var out []optionData
	for _, o := range options {
		out = append(out, optionData{
			ID: o.ID, Text: c.text(o.Text.Text), Correct: o.Correct, Area: o.Area,
			Feedback: optionalText(c.work, o.Feedback), Unchosen: optionalText(c.work, o.Unchosen),
		})
	}
	return out
}
