package locale

import (
	"cmp"
	"slices"
	"strings"

	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/po"
)

// Localise makes a library, or a part of one, in the language of the catalogues. Texts without a finished translation of
// their present source keep the source and say so in their State. A translation whose markup differs from its source is reported.
func Localise(lib course.Library, c *Catalogues) (course.Library, []diag.Diagnostic) {
	out, _, diags := Translate(lib, c)
	return out, diags
}

// Texts are the translations of a library or a part of one, in the order of its Visit. They are all that has to be kept of a language:
// the library itself is made again from them in no time, and is several times as large.
type Texts struct {
	lang  string
	texts []translation
}

type translation struct {
	value string // "" for the source
	state course.State
}

// Translate is Localise that also gives the texts alone.
func Translate(lib course.Library, c *Catalogues) (course.Library, Texts, []diag.Diagnostic) {
	l := localiser{catalogues: c}
	texts := Texts{lang: c.Lang}
	out := lib.Visit(func(domain string, t course.Text) course.Text {
		t = l.text(domain, t)
		kept := translation{state: t.State}
		if t.State == course.Translated {
			kept.value = t.Value
		}
		texts.texts = append(texts.texts, kept)
		return t
	})
	out.Lang = c.Lang
	for _, p := range out.Pages() {
		l.structure(p)
	}
	return out, texts, l.diags
}

// Apply makes the library that the texts were found for in their language.
func (x Texts) Apply(lib course.Library) course.Library {
	i := 0
	out := lib.Visit(func(_ string, t course.Text) course.Text {
		kept := x.texts[i]
		i++
		if t.State = kept.state; kept.state == course.Translated {
			t.Value = kept.value
		}
		return t
	})
	out.Lang = x.lang
	return out
}

// Orphans warns of catalogues that translate no page of the whole library.
func Orphans(lib course.Library, c *Catalogues) []diag.Diagnostic {
	used := map[string]bool{interfaceDomain: true}
	lib.Visit(func(domain string, t course.Text) course.Text {
		used[domain] = true
		return t
	})
	var diags []diag.Diagnostic
	for domain, catalogue := range c.domains {
		if !used[domain] {
			diags = append(diags, diag.Warnf(diag.Pos{File: catalogue.name}, "po-orphan",
				"rename it with the page it translates, or remove it", "there is no page %q", domain))
		}
	}
	return diags
}

type localiser struct {
	catalogues *Catalogues
	diags      []diag.Diagnostic
}

func (l *localiser) text(domain string, t course.Text) course.Text {
	t.State = course.Untranslated
	c := l.catalogues.domain(domain)
	if c == nil || t.Source == "" {
		return t
	}
	e := c.find(domain, t)
	switch {
	case e == nil:
		if c.drifted(domain, t) {
			t.State = course.Drifted
		}
	case e.Translated():
		t.State, t.Value = course.Translated, strings.Clone(e.Str[0]) // not a part of the whole file
		l.diags = append(l.diags, compare(diag.Pos{File: c.name, Line: e.StrLine}, t)...)
	case e.Fuzzy() && e.Str[0] != "":
		t.State = course.Drifted
	}
	return t
}

// Interface gives the interface's messages in a language. Catalogues given later win; a message without translation
// stays English.
func Interface(messages []course.Message, lang string, catalogues ...*Catalogues) ([]course.Message, []diag.Diagnostic) {
	var diags []diag.Diagnostic
	out := slices.Clone(messages)
	for i, m := range out {
		m.State = course.Untranslated
		for _, c := range catalogues {
			domain := c.domain(interfaceDomain)
			if domain == nil {
				continue
			}
			e := domain.file.Lookup(context(interfaceDomain, m.ID), cmp.Or(m.Singular, m.Source))
			if e == nil || !e.Translated() {
				continue
			}
			m.State = course.Translated
			m.Value = e.Str[len(e.Str)-1]
			m.Forms = forms(lang, e)
			for i, form := range e.Str {
				t := m.Text
				t.Value = form
				if category := Plural(lang).category(i); e.Plural != "" && (category == "zero" || category == "one" || category == "two") {
					t.Source = withoutPlaceholders(t.Source, form) // "one lesson" needs no number
				}
				diags = append(diags, compare(diag.Pos{File: domain.name, Line: e.StrLine}, t)...)
			}
		}
		out[i] = m
	}
	return out, diags
}

// forms maps the plural forms of an entry to CLDR's categories.
func forms(lang string, e *po.Entry) map[string]string {
	if e.Plural == "" {
		return map[string]string{"other": e.Str[0]}
	}
	out := map[string]string{}
	for i, category := range Plural(lang).Categories {
		if i < len(e.Str) {
			out[category] = e.Str[i]
		}
	}
	if out["other"] == "" { // CLDR wants "other" always; in Russian gettext folds its fractions into the last form
		out["other"] = e.Str[len(e.Str)-1]
	}
	return out
}
