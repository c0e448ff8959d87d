package build

import "lectern/internal/course"

// languageSummary counts the pages and the translation state of a work's texts.
func languageSummary(w course.Work) LanguageSummary {
	s := LanguageSummary{Lang: w.Lang.Code, Pages: len(w.Pages())}
	lib := course.Library{Home: w.Home, Terms: w.Terms, Sources: w.Sources}
	for _, c := range w.Collections {
		for _, e := range w.In(c.Path) {
			c.Modules = append(c.Modules, e.Module)
		}
		lib.Collections = append(lib.Collections, c)
	}
	lib.Visit(func(_ string, t course.Text) course.Text {
		if t.Source == "" {
			return t
		}
		s.Texts++
		switch t.State {
		case course.Translated:
			s.Translated++
		case course.Drifted:
			s.Drifted++
		case course.Untranslated:
			s.Untranslated++
		}
		return t
	})
	return s
}
