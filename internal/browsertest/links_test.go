package browsertest

import (
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// Every page must say what it is, and everything it points to inside its site must be there: offline there is no other place.
func TestPagesAndLinks(t *testing.T) {
	for _, edition := range []string{learner, facilitator} {
		t.Run(edition, func(t *testing.T) {
			all := pages(t, edition)
			if len(all) < 100 {
				t.Fatalf("only %d pages were built", len(all))
			}
			ids := map[string]map[string]bool{}
			for _, p := range all {
				ids[p.name] = checkIDs(t, p)
				checkFrame(t, p)
			}
			dir := filepath.Join(sites(t), edition)
			links := 0
			for _, p := range all {
				links += checkLinks(t, dir, p, ids)
			}
			if links < 5000 {
				t.Errorf("only %d links were looked at", links)
			}
		})
	}
}

// Every page is there in every language, because the switcher leads to it.
func TestPagesInEveryLanguage(t *testing.T) {
	in := map[string][]string{}
	for _, p := range pages(t, learner) {
		if lang, rest, ok := strings.Cut(p.name, "/"); ok {
			in[rest] = append(in[rest], lang)
		}
	}
	for name, langs := range in {
		if len(langs) != len(languages) {
			t.Errorf("%s is in %v only", name, langs)
		}
	}
}

func checkIDs(t *testing.T, p page) map[string]bool {
	t.Helper()
	ids := map[string]bool{}
	for _, n := range p.elements() {
		id, ok := attr(n, "id")
		if !ok {
			continue
		}
		if id == "" || ids[id] {
			t.Errorf("%s: the id %q is empty or there twice", p.name, id)
		}
		ids[id] = true
	}
	return ids
}

func checkFrame(t *testing.T, p page) {
	t.Helper()
	count := map[string]int{}
	for _, n := range p.elements() {
		count[n.Data]++
		switch n.Data {
		case "html":
			want, _, ok := strings.Cut(p.name, "/")
			if !ok { // the first page is in the language of the sources
				want = "en"
			}
			dir := "ltr"
			if want == "ar" {
				dir = "rtl"
			}
			if got, _ := attr(n, "lang"); got != want {
				t.Errorf("%s: lang is %q", p.name, got)
			}
			if got, _ := attr(n, "dir"); got != dir {
				t.Errorf("%s: dir is %q", p.name, got)
			}
		case "title", "h1":
			if words(n) == "" {
				t.Errorf("%s: <%s> is empty", p.name, n.Data)
			}
		}
	}
	for _, once := range []string{"title", "h1", "main"} {
		if count[once] != 1 {
			t.Errorf("%s: has %d <%s>", p.name, count[once], once)
		}
	}
}

// checkLinks returns how many addresses it followed.
func checkLinks(t *testing.T, dir string, p page, ids map[string]map[string]bool) (followed int) {
	t.Helper()
	for _, n := range p.elements() {
		for _, name := range []string{"href", "src", "srcset", "poster", "data", "action", "aria-labelledby", "aria-describedby", "for"} {
			value, ok := attr(n, name)
			if !ok {
				continue
			}
			switch {
			case strings.HasPrefix(name, "aria-") || name == "for":
				for id := range strings.FieldsSeq(value) {
					if !ids[p.name][id] {
						t.Errorf("%s: <%s %s=%q> names no element", p.name, n.Data, name, id)
					}
				}
			case name == "href" || name == "src":
				followed++
				if problem := follow(dir, p.name, value, n.Data == "a", ids); problem != "" {
					t.Errorf("%s: <%s %s=%q>: %s", p.name, n.Data, name, value, problem)
				}
			default:
				t.Errorf("%s: <%s %s=%q> is an address that this test does not know", p.name, n.Data, name, value)
			}
		}
	}
	return followed
}

// follow says what is wrong with an address on a page, if anything.
func follow(dir, from, address string, link bool, ids map[string]map[string]bool) string {
	u, err := url.Parse(address)
	if err != nil {
		return err.Error()
	}
	if u.Scheme != "" || u.Host != "" {
		if link && u.Scheme == "https" {
			return "" // a source; nothing is loaded from it
		}
		return "leads outside the site"
	}
	target := from
	if u.Path != "" {
		if path.IsAbs(u.Path) {
			return "is absolute, and does not work from a folder"
		}
		target = path.Join(path.Dir(from), u.Path)
	}
	if !there(dir, target) {
		return "there is no such file"
	}
	if u.Fragment != "" && !ids[target][u.Fragment] {
		return "there is no such id"
	}
	return ""
}

// there compares names letter by letter: a file system that takes A for a must not hide what another one misses.
func there(dir, name string) bool {
	if strings.HasPrefix(name, "..") {
		return false
	}
	parent := dir
	for part := range strings.SplitSeq(name, "/") {
		if !listed(parent, part) {
			return false
		}
		parent = filepath.Join(parent, part)
	}
	info, err := os.Stat(parent)
	return err == nil && info.Mode().IsRegular()
}

// listings remembers what folders hold.
var listings = map[string]map[string]bool{}

func listed(dir, name string) bool {
	names, ok := listings[dir]
	if !ok {
		names = map[string]bool{}
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			names[e.Name()] = true
		}
		listings[dir] = names
	}
	return names[name]
}
