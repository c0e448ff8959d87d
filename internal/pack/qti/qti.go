// Package qti writes and reads question banks in the format of 1EdTech, formerly IMS: Question and Test Interoperability, as a
// package of one XML file for each question, an assessment test for each quiz, the pictures, and a manifest (QTI 2.1 Content
// Packaging, section 3; QTI 3.0 Content Packaging, section 3).
//
// Both versions are one tree here, in the element names of QTI 2.1. Only printing and reading know that version 3 writes
// qti-choice-interaction for choiceInteraction.
package qti

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"lectern/internal/course"
	"lectern/internal/pack/bank"
)

// Version is a version of QTI.
type Version string

const (
	V21 Version = "2.1"
	V30 Version = "3.0"
)

// Options are what an export needs beside the questions.
type Options struct {
	Version     Version
	Images      bank.Images // nil leaves pictures out
	True, False string      // the words for the options of true-false questions, in the bank's language
}

// Export makes a package of a bank, the same bytes for the same bank. It lists what QTI cannot say.
func Export(b bank.Bank, o Options) ([]byte, []bank.Loss, error) {
	if o.Version != V21 && o.Version != V30 {
		return nil, nil, fmt.Errorf("export qti: no version %q", o.Version)
	}
	if len(b.Questions) == 0 {
		return nil, nil, errors.New("export qti: there are no questions")
	}
	x := &exporter{Options: o, lang: b.Lang, pictures: map[string]string{}}
	manifest := x.bank(b)
	if x.err != nil {
		return nil, nil, fmt.Errorf("export qti: %w", x.err)
	}
	x.files = append(x.files, bank.File{Name: "imsmanifest.xml", Contents: manifest})
	contents, err := zipped(x.files)
	return contents, x.losses, err
}

// exporter collects the files of a package.
type exporter struct {
	Options
	lang     string
	files    []bank.File
	pictures map[string]string // by destination in a text: the file's name in the package
	losses   []bank.Loss
	err      error // the first of the machine
}

// lose lists what a question's item cannot say, once.
func (x *exporter) lose(question, format string, args ...any) {
	l := bank.Loss{Question: question, What: fmt.Sprintf(format, args...)}
	if !slices.Contains(x.losses, l) {
		x.losses = append(x.losses, l)
	}
}

// bank adds the items and tests and gives the manifest.
func (x *exporter) bank(b bank.Bank) []byte {
	m := &manifest{}
	for _, quiz := range byQuiz(b.Questions) {
		test := x.test(quiz)
		for _, i := range quiz {
			id := dotted(i.Path)
			root, pictures := x.item(i)
			m.add(x.Version.resource("item"), id, append([]string{id + ".xml"}, pictures...), nil)
			x.files = append(x.files, bank.File{Name: id + ".xml", Contents: x.Version.print(root)})
			test.items = append(test.items, id)
		}
		m.add(x.Version.resource("test"), test.id, append([]string{test.id + ".xml"}, test.pictures...), test.items)
		x.files = append(x.files, bank.File{Name: test.id + ".xml", Contents: x.Version.print(test.root)})
	}
	return m.print(x.Version)
}

// byQuiz groups questions, in the order in which their quizzes come first.
func byQuiz(items []bank.Item) [][]bank.Item {
	var out [][]bank.Item
	at := map[string]int{}
	for _, i := range items {
		key := path.Dir(i.Path)
		n, ok := at[key]
		if !ok {
			n = len(out)
			at[key] = n
			out = append(out, nil)
		}
		out[n] = append(out[n], i)
	}
	return out
}

// picture adds a picture to the package and gives its address there; "" leaves it out.
func (x *exporter) picture(question, dest string) string {
	if name, ok := x.pictures[dest]; ok {
		return name
	}
	if x.Images == nil {
		x.lose(question, "the picture %s", dest)
		return ""
	}
	contents, name, err := x.Images(dest)
	if err != nil {
		x.err = cmp.Or(x.err, fmt.Errorf("picture %s of %s: %w", dest, question, err))
		return ""
	}
	name = "images/" + path.Base(path.Clean("/"+name))
	ext := path.Ext(name)
	for n, stem := 2, strings.TrimSuffix(name, ext); slices.ContainsFunc(x.files, func(f bank.File) bool { return f.Name == name }); n++ {
		name = fmt.Sprintf("%s-%d%s", stem, n, ext)
	}
	x.pictures[dest] = name
	x.files = append(x.files, bank.File{Name: name, Contents: contents})
	return name
}

// dotted makes an identifier of a path of ids. An id holds no dot, so the path can be had back.
func dotted(path string) string {
	return identifier(strings.ReplaceAll(path, "/", "."))
}

// identifier makes an NCName of an id (QTI 2.1 information model, section 3.2.1): it begins with a letter or a low line, and is no
// built-in variable's.
func identifier(id string) string {
	if id == "" || id[0] >= '0' && id[0] <= '9' || id == "duration" {
		return "_" + id
	}
	return id
}

// plainID is the id that identifier made an identifier of.
func plainID(identifier string) string { return strings.TrimPrefix(identifier, "_") }

// epoch is the time of every file in a package: the earliest that zip can say.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// zipped packs files by name.
func zipped(files []bank.File) ([]byte, error) {
	files = slices.Clone(files)
	slices.SortFunc(files, func(a, b bank.File) int { return strings.Compare(a.Name, b.Name) })
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	packer, err := flate.NewWriter(io.Discard, flate.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("zip: %w", err)
	}
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		packer.Reset(w) // one file is closed before the next begins
		return packer, nil
	})
	for i, f := range files {
		if i > 0 && files[i-1].Name == f.Name {
			return nil, fmt.Errorf("export qti: two files are called %s", f.Name)
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: epoch})
		if err != nil {
			return nil, fmt.Errorf("zip %s: %w", f.Name, err)
		}
		if _, err := w.Write(f.Contents); err != nil {
			return nil, fmt.Errorf("zip %s: %w", f.Name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("zip: %w", err)
	}
	return out.Bytes(), nil
}

// scored reports a question that has points.
func scored(t course.QuestionType) bool { return t != course.Essay && t != course.Likert }
