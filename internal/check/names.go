package check

import (
	"lectern/internal/diag"
)

// reserved refuses collections whose address is another page's. [name-reserved]
func reserved(s *scope) []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, c := range s.lib.Collections {
		switch c.ID {
		case "glossary", "media", "assets", "sources", "terms", "interface":
			out = append(out, *errorf(diag.Pos{File: c.File}, "name-reserved", "give the folder another name", "the name %q is taken by a page of the site", c.ID))
		}
	}
	return out
}

// terms resolves the sources of the termbase. [source-unknown]
func terms(s *scope) []diag.Diagnostic {
	var ids []string
	for _, src := range s.lib.Sources {
		ids = append(ids, src.ID)
	}
	var out []diag.Diagnostic
	for _, t := range s.lib.Terms {
		if t.Cite == "" {
			continue
		}
		known := false
		for _, id := range ids {
			known = known || id == t.Cite
		}
		if !known {
			out = append(out, *errorf(t.Pos, "source-unknown", hint(t.Cite, ids, "add it to modules/sources.yaml"), "unknown source %q", t.Cite))
		}
	}
	return out
}
