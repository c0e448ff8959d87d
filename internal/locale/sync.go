package locale

import (
	"cmp"
	"slices"
	"strings"

	"lectern/internal/course"
	"lectern/internal/po"
)

// Sync brings the catalogues up to the library: new texts are added, texts that changed keep their translation as fuzzy with
// the previous source, texts that are gone become obsolete. It returns the content of the files to write, by name; files that
// need no change are not among them, so a second Sync returns none.
func Sync(lib course.Library, messages []course.Message, c *Catalogues) map[string][]byte {
	type wanted struct {
		domain string
		texts  []message
	}
	var domains []*wanted
	byName := map[string]*wanted{}
	add := func(domain string, m message) {
		w := byName[domain]
		if w == nil {
			w = &wanted{domain: domain}
			byName[domain] = w
			domains = append(domains, w)
		}
		w.texts = append(w.texts, m)
	}
	lib.Visit(func(domain string, t course.Text) course.Text {
		if t.Source != "" {
			add(domain, message{Text: t})
		}
		return t
	})
	for _, m := range messages {
		add(interfaceDomain, message{Text: m.Text, singular: m.Singular})
	}
	out := map[string][]byte{}
	for _, w := range domains {
		name := Dir(c.Lang) + "/" + w.domain + ".po"
		file := po.New(header(c.Lang, w.domain)...)
		var before string
		if have := c.domain(w.domain); have != nil {
			file, before = have.file, string(have.file.Bytes())
		}
		for _, field := range header(c.Lang, w.domain) {
			if !slices.ContainsFunc(file.Header().Fields(), func(f po.Field) bool { return strings.EqualFold(f.Key, field.Key) }) {
				file.Header().Set(field.Key, field.Value)
			}
		}
		merge(file, w.domain, w.texts, c.Lang)
		if after := string(file.Bytes()); after != before {
			out[name] = []byte(after)
		}
	}
	return out
}

type message struct {
	course.Text
	singular string
}

// header is what gettext's tools ask for. It holds no date, so that making a file twice gives the same bytes.
func header(lang, domain string) []po.Field {
	fields := []po.Field{
		{Key: "Project-Id-Version", Value: domain},
		{Key: "Report-Msgid-Bugs-To", Value: ""},
		{Key: "PO-Revision-Date", Value: ""},
		{Key: "Last-Translator", Value: ""},
		{Key: "Language-Team", Value: ""},
		{Key: "Language", Value: strings.ReplaceAll(lang, "-", "_")},
		{Key: "MIME-Version", Value: "1.0"},
		{Key: "Content-Type", Value: "text/plain; charset=UTF-8"},
		{Key: "Content-Transfer-Encoding", Value: "8bit"},
	}
	if domain == interfaceDomain {
		fields = append(fields, po.Field{Key: "Plural-Forms", Value: Plural(lang).header()})
	}
	return fields
}

// merge makes file hold exactly texts, in their order, keeping every translation that it can.
func merge(file *po.File, domain string, texts []message, lang string) {
	old := map[string]*po.Entry{} // by context
	order := make([]*po.Entry, 0, len(texts)+1)
	claimed := map[*po.Entry]bool{}
	for _, e := range file.Entries() {
		if !e.HasContext && e.ID == "" { // the header
			order = append(order, e)
			claimed[e] = true
		} else if _, twice := old[e.Context]; !twice {
			old[e.Context] = e
		}
	}
	var unclaimed []*po.Entry
	matched := make([]*po.Entry, len(texts))
	for i, t := range texts {
		if e := old[context(domain, t.ID)]; e != nil {
			matched[i], claimed[e] = e, true
		}
	}
	for _, e := range file.Entries() {
		if !claimed[e] {
			unclaimed = append(unclaimed, e)
		}
	}
	for i, t := range texts {
		if matched[i] == nil {
			if e := nearest(t, unclaimed); e != nil {
				unclaimed = slices.DeleteFunc(unclaimed, func(u *po.Entry) bool { return u == e })
				matched[i] = e
			}
		}
	}
	for i, t := range texts {
		e := matched[i]
		if e == nil {
			e = &po.Entry{Context: context(domain, t.ID), HasContext: true, ID: cmp.Or(t.singular, t.Source), Str: []string{""}}
			if t.singular != "" {
				e.Plural, e.Str = t.Source, make([]string, len(Plural(lang).Categories))
			}
			file.Append(e)
		}
		update(e, domain, t)
		order = append(order, e)
	}
	for _, e := range unclaimed {
		if len(e.Str) > 0 && e.Str[0] != "" {
			e.SetObsolete(true)
			order = append(order, e)
		} else {
			file.Remove(e)
		}
	}
	file.Reorder(order)
}

// update makes an entry that of the text. A change of its source leaves the translation, as fuzzy.
func update(e *po.Entry, domain string, t message) {
	source, plural := cmp.Or(t.singular, t.Source), ""
	if t.singular != "" {
		plural = t.Source
	}
	if e.ID != source || e.Plural != plural {
		if len(e.Str) > 0 && e.Str[0] != "" {
			if !e.Fuzzy() { // an entry that was fuzzy already keeps the source that its translation was made from
				e.SetPrevious(po.Previous{ID: e.ID, Plural: e.Plural})
			}
			e.SetFuzzy(true)
		}
		e.SetID(source)
		e.SetPlural(plural)
	}
	e.SetObsolete(false)
	e.SetContext(context(domain, t.ID))
	e.SetExtracted([]string{string(t.Kind)})
	e.SetReferences([]string{t.Pos.File})
}

// nearest finds the entry whose source is the text, or most of it. Short labels must be the same: a wrong guess costs a translator
// more than an empty line.
func nearest(t message, entries []*po.Entry) *po.Entry {
	var best *po.Entry
	score := 0.7
	source := cmp.Or(t.singular, t.Source)
	for _, e := range entries {
		if e.ID == source {
			return e
		}
		if len(source) >= 40 && len(e.ID) >= 40 {
			if s := similarity(source, e.ID); s > score {
				best, score = e, s
			}
		}
	}
	return best
}

// similarity is the share of words that two texts have in common (Dice's coefficient over words with repeats).
func similarity(a, b string) float64 {
	count := map[string]int{}
	wordsA, wordsB := strings.Fields(a), strings.Fields(b)
	for _, w := range wordsA {
		count[w]++
	}
	common := 0
	for _, w := range wordsB {
		if count[w] > 0 {
			count[w]--
			common++
		}
	}
	return 2 * float64(common) / float64(len(wordsA)+len(wordsB))
}
