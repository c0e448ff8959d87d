package build

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/load"
	"lectern/internal/pack/bank"
	"lectern/internal/pack/moodle"
	"lectern/internal/pack/qti"
)

// BankFormats are the formats of question banks, and those of them that can be imported.
var (
	BankFormats   = []string{"moodle-xml", "gift", "qti3", "qti21", "csv"}
	ImportFormats = []string{"moodle-xml", "gift", "qti3", "qti21"}
)

// BankOptions say which quizzes to export and how.
type BankOptions struct {
	Options
	Format      string
	Quizzes     []string // paths such as practitioners-manual/interviewing/assessment, or their ends; none means all
	PerQuestion bool     // a file for each question instead of each quiz
}

// BankFile is a file that an export wrote, with what its format could not say.
type BankFile struct {
	Name   string      `json:"name"` // below the destination
	Losses []bank.Loss `json:"losses,omitempty"`
}

// ExportQuizzes writes question banks, one folder for each language. It writes nothing when the content has errors.
func ExportQuizzes(opts BankOptions) ([]BankFile, []diag.Diagnostic, error) {
	s, err := open(opts.Options)
	if err != nil {
		return nil, nil, err
	}
	defer s.close()
	if err := s.resolve(); err != nil {
		return nil, nil, err
	}
	diags := s.diagnostics()
	if errs, _ := diag.Count(diags); errs > 0 {
		return nil, diags, nil
	}
	var files []BankFile
	matched := map[string]bool{}
	for _, l := range s.languages {
		work := s.work(l, everything)
		for _, e := range work.Editions {
			for _, q := range e.Module.Quizzes {
				if !wanted(e.Module.Path+"/"+q.ID, opts.Quizzes, matched) {
					continue
				}
				made, err := s.exportQuiz(work, e.Module, q, opts)
				if err != nil {
					return files, diags, err
				}
				files = append(files, made...)
			}
		}
	}
	for _, q := range opts.Quizzes {
		if !matched[q] {
			diags = append(diags, diag.Errorf(diag.Pos{File: "quizzes"}, "quiz-unknown", "name it as module/quiz, such as interviewing/assessment", "there is no quiz %q", q))
		}
	}
	return files, diags, nil
}

// wanted reports whether a quiz was asked for, and notes by which name.
func wanted(path string, names []string, matched map[string]bool) bool {
	found := len(names) == 0
	for _, n := range names {
		if path == n || strings.HasSuffix(path, "/"+n) {
			matched[n], found = true, true
		}
	}
	return found
}

func (s *session) exportQuiz(work course.Work, m course.Module, q course.Quiz, opts BankOptions) ([]BankFile, error) {
	whole := bank.Of(work.Lang.Code, q)
	banks := []bank.Bank{whole}
	if opts.PerQuestion {
		banks = nil
		for _, item := range whole.Questions {
			one := whole
			one.ID, one.Questions = whole.ID+"-"+item.Question.ID, []bank.Item{item}
			banks = append(banks, one)
		}
	}
	words := map[string]string{}
	for _, message := range work.Messages {
		words[message.ID] = message.Forms["other"]
	}
	var files []BankFile
	for _, b := range banks {
		contents, ext, losses, err := encode(b, opts.Format, pictures(m), words)
		if err != nil {
			return files, err
		}
		name := path.Join(work.Lang.Code, strings.ReplaceAll(m.Path, "/", "-")+"-"+b.ID+ext)
		if err := writeFile(s.dest(), name, contents); err != nil {
			return files, err
		}
		files = append(files, BankFile{name, losses})
	}
	return files, nil
}

func encode(b bank.Bank, format string, images bank.Images, words map[string]string) (contents []byte, ext string, losses []bank.Loss, err error) {
	var file bank.File
	switch format {
	case "moodle-xml":
		file, losses, err = moodle.ExportXML(b, images)
		return file.Contents, ".xml", losses, err
	case "gift":
		file, losses, err = moodle.ExportGIFT(b)
		return file.Contents, ".gift.txt", losses, err
	case "csv":
		contents, err = b.CSV()
		return contents, ".csv", nil, err
	}
	version := qti.V30
	if format == "qti21" {
		version = qti.V21
	}
	contents, losses, err = qti.Export(b, qti.Options{Version: version, Images: images, True: words["true"], False: words["false"]})
	return contents, ".zip", losses, err
}

// pictures finds a module's pictures by their destination in a quiz.
func pictures(m course.Module) bank.Images {
	return func(dest string) ([]byte, string, error) {
		for _, i := range m.Images {
			if i.Name != path.Clean(dest) {
				continue
			}
			name := path.Base(i.Name)
			if i.SVG != "" {
				return []byte(i.SVG), name, nil
			}
			contents, err := i.Read()
			return contents, name, err
		}
		return nil, "", fmt.Errorf("there is no picture %q", dest)
	}
}

// ImportQuizzes reads a question bank from anybody and writes it as a quiz file, with its pictures in an images folder beside it.
// Nothing that is there is overwritten. Without a destination the quiz file is only returned.
func ImportQuizzes(file, format, dest string) ([]byte, bank.Imported, error) {
	src, err := os.ReadFile(file)
	if err != nil {
		return nil, bank.Imported{}, err
	}
	var in bank.Imported
	switch format {
	case "moodle-xml":
		in = moodle.ImportXML(filepath.Base(file), src)
	case "gift":
		in = moodle.ImportGIFT(filepath.Base(file), src)
	default:
		in = qti.Import(filepath.Base(file), src)
	}
	out := load.WriteQuizzes(in.Quizzes)
	if dest == "" {
		return out, in, nil
	}
	if _, err := os.Lstat(dest); !errors.Is(err, os.ErrNotExist) {
		return nil, in, fmt.Errorf("%s is there already", dest)
	}
	root := filepath.Dir(dest)
	for _, picture := range in.Images {
		if !slices.Contains([]string{".png", ".jpg", ".jpeg", ".webp", ".svg"}, path.Ext(picture.Name)) {
			continue
		}
		if err := writeFile(root, path.Join("images", path.Base(picture.Name)), picture.Contents); err != nil {
			return nil, in, err
		}
	}
	return out, in, writeFile(root, filepath.Base(dest), out)
}
