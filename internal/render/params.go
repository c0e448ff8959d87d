package render

import (
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"lectern/internal/course"
	"lectern/internal/site"
)

// The types below are what templates see: site.Params.site is a siteData, and every page's .Params is a pageData. Hugo lower-cases the
// keys of parameters, so all keys are lower case.

// textData is a text with the language it is in, when that is not the page's.
type textData struct {
	V    string `json:"v"`
	Lang string `json:"lang,omitempty"`
	Dir  string `json:"dir,omitempty"`
}

type siteData struct {
	Lang      string            `json:"lang"`
	Dir       string            `json:"dir"`
	Name      textData          `json:"name"`
	Source    string            `json:"source"` // the language of texts that are not translated
	Audience  string            `json:"audience"`
	Glossary  bool              `json:"glossary"` // whether there is a page of terms
	Languages []languageData    `json:"languages"`
	Assets    map[string]string `json:"assets"`
}

type languageData struct {
	Code  string `json:"code"`
	Label string `json:"label"`
	Dir   string `json:"dir"`
}

type pageData struct {
	Path        string              `json:"path"` // below the language: a link to the same page elsewhere is ../<lang>/path
	Root        string              `json:"root"` // from the page up to its language: "../../"
	Title       textData            `json:"heading"`
	Summary     textData            `json:"summary"`
	Crumbs      []linkData          `json:"crumbs,omitempty"`
	Prev        *linkData           `json:"prev,omitempty"`
	Next        *linkData           `json:"next,omitempty"`
	Foreign     int                 `json:"foreign"` // texts shown in the source language, of Texts
	Texts       int                 `json:"texts"`
	Level       string              `json:"level,omitempty"`
	Minutes     int                 `json:"minutes,omitempty"`
	Number      int                 `json:"number,omitempty"`
	Version     string              `json:"version,omitempty"`
	Objectives  []textData          `json:"objectives,omitempty"`
	Headings    []headingData       `json:"headings,omitempty"`
	Links       map[string]destData `json:"links,omitempty"` // by destination as written
	Terms       []termData          `json:"terms,omitempty"` // used on the page; on the glossary, all
	Cites       []citeData          `json:"cites,omitempty"`
	Quizzes     []quizData          `json:"quizzes,omitempty"`
	Module      *moduleData         `json:"module,omitempty"`      // that the page belongs to
	Modules     []moduleData        `json:"modules,omitempty"`     // on a collection
	Collections []collectionData    `json:"collections,omitempty"` // on home
	Trial       *trialData          `json:"trial,omitempty"`       // of a mock trial
}

type linkData struct {
	Title textData `json:"title"`
	Href  string   `json:"href"`
}

type headingData struct {
	ID    string   `json:"id"`
	Level int      `json:"level"`
	Title textData `json:"title"`
}

// destData is where a link in the text leads, or which picture it shows.
type destData struct {
	Kind   string `json:"kind"` // page, term, source, image
	Href   string `json:"href"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
}

type termData struct {
	ID         string     `json:"id"`
	Name       textData   `json:"name"`
	Definition textData   `json:"definition"`
	Cite       *citeData  `json:"cite,omitempty"`
	Article    string     `json:"article,omitempty"`
	Names      []nameData `json:"names,omitempty"` // on the glossary: in the other languages of the site
}

// nameData is a term in another language.
type nameData struct {
	languageData
	V string `json:"v"`
}

type citeData struct {
	ID     string   `json:"id"`
	Author textData `json:"author"`
	Title  textData `json:"title"`
	Year   int      `json:"year,omitempty"`
	URL    string   `json:"url,omitempty"`
}

type moduleData struct {
	Path    string       `json:"path"`
	Href    string       `json:"href"`
	Number  int          `json:"number,omitempty"`
	Level   string       `json:"level"`
	Minutes int          `json:"minutes,omitempty"`
	Title   textData     `json:"title"`
	Summary textData     `json:"summary,omitzero"`
	Lessons []lessonData `json:"lessons,omitempty"`
	Quizzes []linkData   `json:"quizzes,omitempty"`
	Papers  []paperData  `json:"papers,omitempty"`
}

// paperData is a page to print: a handout, or for facilitators an answer key.
type paperData struct {
	Kind string `json:"kind"` // handout or key
	linkData
}

type lessonData struct {
	Title   textData `json:"title"`
	Summary textData `json:"summary,omitzero"`
	Href    string   `json:"href"`
	Path    string   `json:"path"`
	Level   string   `json:"level,omitempty"`
	Minutes int      `json:"minutes,omitempty"`
	Current bool     `json:"current,omitempty"`
}

type collectionData struct {
	Href    string       `json:"href"`
	Title   textData     `json:"title"`
	Summary textData     `json:"summary"`
	Modules []moduleData `json:"modules"`
}

type quizData struct {
	ID        string         `json:"id"`
	Key       string         `json:"key"` // unique in the work: module path and quiz id
	Title     textData       `json:"title"`
	Intro     *textData      `json:"intro,omitempty"`
	Mode      string         `json:"mode"`
	Pass      int            `json:"pass,omitempty"`
	Attempts  int            `json:"attempts,omitempty"`
	Shuffle   bool           `json:"shuffle,omitempty"`
	Draw      int            `json:"draw,omitempty"`
	Feedback  string         `json:"feedback"`
	Minutes   int            `json:"minutes,omitempty"`
	Certainty bool           `json:"certainty,omitempty"`
	Questions []questionData `json:"questions"`
	// Objectives are those of the module that questions serve, in the module's order.
	Objectives []objectiveData `json:"objectives,omitempty"`
}

type objectiveData struct {
	ID   string   `json:"id"`
	Text textData `json:"text"`
}

type questionData struct {
	ID          string       `json:"id"`
	Digest      string       `json:"digest"` // of what is asked; an answer kept under another is to another question
	Type        string       `json:"type"`
	Prompt      textData     `json:"prompt"`
	Options     []optionData `json:"options,omitempty"`
	Gaps        []gapData    `json:"gaps,omitempty"`
	Pairs       []pairData   `json:"pairs,omitempty"`
	Number      *numberData  `json:"number,omitempty"`
	Passage     *textData    `json:"passage,omitempty"`
	Model       *textData    `json:"model,omitempty"`
	Image       *destData    `json:"image,omitempty"`
	Scoring     string       `json:"scoring,omitempty"`
	Hints       []textData   `json:"hints,omitempty"`
	HintCost    int          `json:"hintcost,omitempty"` // per cent of the points
	Explanation *textData    `json:"explanation,omitempty"`
	Objective   string       `json:"objective,omitempty"` // id
	See         *linkData    `json:"see,omitempty"`
	Weight      float64      `json:"weight"`
}

type optionData struct {
	ID       string    `json:"id"`
	Text     textData  `json:"text"`
	Correct  bool      `json:"correct"`
	Feedback *textData `json:"feedback,omitempty"`
	Unchosen *textData `json:"unchosen,omitempty"`
	Area     []int     `json:"area,omitempty"` // x, y, width, height
}

type gapData struct {
	ID      string       `json:"id"`
	Choices []optionData `json:"choices,omitempty"`
	Answers []answerData `json:"answers,omitempty"`
	Case    bool         `json:"case,omitempty"`
	Accents bool         `json:"accents,omitempty"`
	Typos   int          `json:"typos,omitempty"`
}

type answerData struct {
	Text     string    `json:"text"` // alternatives with | between them
	Fraction int       `json:"fraction"`
	Feedback *textData `json:"feedback,omitempty"`
}

type pairData struct {
	ID       string    `json:"id"`
	Text     textData  `json:"text"`
	Choice   string    `json:"choice,omitempty"`
	Feedback *textData `json:"feedback,omitempty"`
}

type numberData struct {
	Least float64  `json:"least"`
	Most  float64  `json:"most"`
	Unit  textData `json:"unit"`
}

func siteParams(work course.Work, assets site.Assets) map[string]any {
	data := siteData{
		Lang: work.Lang.Code, Dir: work.Lang.Direction, Audience: string(work.Audience),
		Source: work.SourceLang.Code, Glossary: len(work.Terms) > 0,
		Name:   textOf(work, work.Home.Title),
		Assets: map[string]string{},
	}
	for name, file := range assets {
		data.Assets[strings.ReplaceAll(name, ".", "")] = file
	}
	for _, l := range work.Languages {
		data.Languages = append(data.Languages, languageData{l.Code, l.Label, l.Direction})
	}
	var out map[string]any
	b, err := json.Marshal(data)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil {
		panic(fmt.Sprintf("site parameters are plain values: %v", err))
	}
	return out
}

func textOf(w course.Work, t course.Text) textData {
	if t.Foreign() {
		return textData{t.Value, w.SourceLang.Code, w.SourceLang.Direction}
	}
	return textData{V: t.Value}
}

func optionalText(w course.Work, p course.Prose) *textData {
	if p.Source == "" {
		return nil
	}
	t := textOf(w, p.Text)
	return &t
}

// rootOf is the way up from a page to its language's folder.
func rootOf(address string) string {
	if address == "" {
		return ""
	}
	return strings.Repeat("../", strings.Count(address, "/")+1)
}

// href is an explicit relative link to a page, as file:// needs it.
func href(root, address, anchor string) string {
	h := root + path.Join(address, "index.html")
	if anchor != "" {
		h += "#" + anchor
	}
	return h
}

// messages is Hugo's i18n file: go-i18n's JSON, with CLDR plural categories.
func messages(ms []course.Message) []byte {
	out := map[string]map[string]string{}
	for _, m := range ms {
		out[m.ID] = m.Forms
	}
	b, err := json.Marshal(out)
	if err != nil {
		panic(fmt.Sprintf("messages are plain values: %v", err))
	}
	return b
}
