// Package locale moves texts between a library and PO catalogues: it extracts messages for translators, and makes the library in
// another language, each text knowing whether it is translated, drifted or not translated.
package locale

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/po"
)

// Catalogues are the PO files of one language, by text domain. A file is read when something is looked up in it.
type Catalogues struct {
	Lang    string
	fsys    fs.FS
	domains map[string]*catalogue
	open    []*catalogue // those that are read
	err     error        // of reading files
}

type catalogue struct {
	name  string   // of the file
	file  *po.File // nil while it is not read, and again once it is released
	diags []diag.Diagnostic
	known bool // it was read once, so that diags are its

	// Made when first asked for.
	byText  map[string]*po.Entry // msgid to a finished entry
	started map[string]bool      // the contexts that have any translation, finished or not
}

// interfaceDomain holds the words of the interface. It has a source of its own, so it is no page's domain.
const interfaceDomain = "interface"

const maxBytes = 4 << 20 // of a catalogue; loading reports larger ones

// Dir is the folder of a language's catalogues.
func Dir(lang string) string { return path.Join("translations", lang) }

// Read finds a language's catalogues. A language without any is not an error: its readers get the source.
func Read(fsys fs.FS, lang string) (*Catalogues, error) {
	c := &Catalogues{Lang: lang, fsys: fsys, domains: map[string]*catalogue{}}
	dir := Dir(lang)
	for _, folder := range []string{path.Dir(dir), dir} {
		if info, err := fs.Lstat(fsys, folder); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return c, nil // which loading reports
		}
	}
	err := fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == dir {
			return fs.SkipAll
		}
		if err != nil || !d.Type().IsRegular() || path.Ext(name) != ".po" {
			return err
		}
		if info, err := d.Info(); err != nil || info.Size() > maxBytes {
			return err
		}
		c.domains[c.domainOf(name)] = &catalogue{name: name}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("find catalogues of %s: %w", lang, err)
	}
	return c, nil
}

// domainOf is the text domain that a file translates.
func (c *Catalogues) domainOf(name string) string {
	return strings.TrimSuffix(strings.TrimPrefix(name, Dir(c.Lang)+"/"), ".po")
}

// domain is the catalogue of a text domain, read; nil when there is none.
func (c *Catalogues) domain(domain string) *catalogue {
	have := c.domains[domain]
	if have == nil || have.file != nil {
		return have
	}
	if err := have.read(c.fsys); err != nil {
		c.err = errors.Join(c.err, fmt.Errorf("read catalogue: %w", err))
		delete(c.domains, domain)
		return nil
	}
	c.open = append(c.open, have)
	return have
}

func (have *catalogue) read(fsys fs.FS) error {
	src, err := fs.ReadFile(fsys, have.name)
	if err != nil {
		return err
	}
	file, problems := po.Parse(have.name, src)
	have.file, have.byText, have.started, have.diags, have.known = file, nil, nil, nil, true
	for _, p := range problems {
		have.diags = append(have.diags, diag.Errorf(diag.Pos{File: have.name, Line: p.Line, Col: p.Col}, "po-syntax", p.Hint, "%s", p.Msg))
	}
	return nil
}

// Release forgets what was read, so that a build holds the catalogues of one page at a time: of a large work they are
// more than its pages.
func (c *Catalogues) Release() {
	for _, have := range c.open {
		have.file, have.byText, have.started = nil, nil, nil
	}
	c.open = nil
}

// Err is what went wrong in reading files since Read.
func (c *Catalogues) Err() error { return c.err }

// Reload reads one file again. It reports false for a file that is no catalogue of the language, or not there.
func (c *Catalogues) Reload(fsys fs.FS, name string) bool {
	if !strings.HasPrefix(name, Dir(c.Lang)+"/") || path.Ext(name) != ".po" {
		return false
	}
	have := &catalogue{name: name}
	if have.read(fsys) != nil {
		return false
	}
	c.domains[c.domainOf(name)] = have
	c.open = append(c.open, have)
	return true
}

// Diagnostics are the faults in the syntax of the files.
func (c *Catalogues) Diagnostics() []diag.Diagnostic {
	var diags []diag.Diagnostic
	for domain, have := range c.domains {
		if !have.known {
			c.domain(domain)
		}
		diags = append(diags, have.diags...)
	}
	return diag.Sort(diags)
}

// context is a text's msgctxt.
func context(domain, id string) string { return domain + "#" + id }

// find gives the entry for a text: by its id, and otherwise by its exact words in the same domain, for a paragraph that was
// moved or whose id was not recorded.
func (c *catalogue) find(domain string, t course.Text) *po.Entry {
	if e := c.file.Lookup(context(domain, t.ID), t.Source); e != nil && !e.Obsolete {
		return e
	}
	if c.byText == nil {
		c.byText = map[string]*po.Entry{}
		for _, e := range c.file.Entries() {
			if _, taken := c.byText[e.ID]; e.Translated() && !taken {
				c.byText[e.ID] = e
			}
		}
	}
	return c.byText[t.Source]
}

// drifted reports whether the catalogue has a translation of an earlier source of the text.
func (c *catalogue) drifted(domain string, t course.Text) bool {
	if c.started == nil {
		c.started = map[string]bool{}
		for _, e := range c.file.Entries() {
			if !e.Obsolete && len(e.Str) > 0 && e.Str[0] != "" {
				c.started[e.Context] = true
			}
		}
	}
	return c.started[context(domain, t.ID)]
}
