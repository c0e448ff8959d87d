package bench

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fill gives every empty entry of a language's catalogues its translation.
func fill(dir string, l language) error {
	return filepath.WalkDir(filepath.Join(dir, "translations", l.code), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		entries := strings.Split(string(src), "\n\n")
		for i, entry := range entries[1:] { // the first is the header
			before, _, empty := strings.Cut(entry, "\nmsgstr \"\"")
			_, id, found := strings.Cut(before, "\nmsgid ")
			if !empty || !found {
				return fmt.Errorf("%s: entry %d is not one that sync makes", name, i+1)
			}
			entries[i+1] = before + "\nmsgstr " + quote(l.translate(unquote(id)))
		}
		return os.WriteFile(name, []byte(strings.Join(entries, "\n\n")+"\n"), 0o644)
	})
}

// translate replaces every word by one of the language's, always the same for the same word, and keeps markup, destinations, numbers
// and, where words stand apart, the spaces.
func (l language) translate(text string) string {
	var out strings.Builder
	for text != "" {
		switch n := letters(text); {
		case n > 0:
			out.WriteString(l.word(text[:n]))
			text = text[n:]
			if l.solid && len(text) > 1 && text[0] == ' ' && letters(text[1:]) > 0 {
				text = text[1:]
			}
		case strings.HasPrefix(text, "]("), strings.HasPrefix(text, "[^"):
			end := strings.IndexAny(text, ")\n")
			if text[1] == '^' {
				end = strings.IndexByte(text, ']')
			}
			out.WriteString(text[:end+1])
			text = text[end+1:]
		default:
			_, size := utf8.DecodeRuneInString(text)
			out.WriteString(text[:size])
			text = text[size:]
		}
	}
	return out.String()
}

// letters is the length of the word that s begins with.
func letters(s string) int {
	return len(s) - len(strings.TrimLeftFunc(s, unicode.IsLetter))
}

func (l language) word(english string) string {
	if l.code == languages[0].code {
		return english
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(strings.ToLower(english)))
	word := l.words[h.Sum32()%uint32(len(l.words))]
	if english[0] < 'a' {
		first, size := utf8.DecodeRuneInString(word)
		word = string(unicode.ToUpper(first)) + word[size:]
	}
	return word
}

// lineRunes is where translations are wrapped, as gettext's tools wrap them.
const lineRunes = 72

// quote writes a text as the string of a PO entry, wrapped.
func quote(s string) string {
	if utf8.RuneCountInString(s) <= lineRunes {
		return `"` + escape.Replace(s) + `"`
	}
	out := `""`
	for s != "" {
		cut, n, space := len(s), 0, 0
		for i, r := range s {
			if n++; r == ' ' {
				space = i + 1
			}
			if n == lineRunes {
				if cut = space; space == 0 {
					cut = i
				}
				break
			}
		}
		out += "\n\"" + escape.Replace(s[:cut]) + `"`
		s = s[cut:]
	}
	return out
}

var (
	escape   = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)
	unescape = strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\n`, "\n")
)

// unquote reads the string of a PO entry.
func unquote(s string) string {
	var out strings.Builder
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		out.WriteString(unescape.Replace(line[1 : len(line)-1]))
	}
	return out.String()
}
