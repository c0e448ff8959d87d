package browsertest

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The Nu HTML checker finds no error on any page of two languages, of the facilitators' edition of one, and of the work with every type
// of question. All go through one run of it, because starting Java takes longer than checking.
func TestValidHTML(t *testing.T) {
	needTools(t)
	dir := sites(t)
	folders := []string{"learner/index.html", "learner/en", "learner/ar", "facilitator/ar", "types/en", "types/ar"}
	args := []string{"-jar", filepath.Join("node_modules", "vnu-jar", "build", "dist", "vnu.jar"), "--errors-only", "--format", "json", "--exit-zero-always"}
	args = append(args, htmlFiles(t, dir, folders)...)
	var said bytes.Buffer
	cmd := exec.Command(java(t), args...)
	cmd.Stderr = &said // where it writes its report
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, said.String())
	}
	var report struct {
		Version  string
		Messages []struct {
			Type, URL, Message, Extract string
			LastLine                    int
		}
	}
	if err := json.Unmarshal(said.Bytes(), &report); err != nil || report.Version == "" {
		t.Fatalf("the checker did not report (%v):\n%s", err, said.String())
	}
	for _, m := range report.Messages {
		_, name, _ := strings.Cut(m.URL, filepath.Base(dir))
		t.Errorf("%s:%d: %s: %s\n\t%s", name, m.LastLine, m.Type, m.Message, strings.ReplaceAll(m.Extract, "\n", " "))
	}
}

// htmlFiles lists every page below the folders, by its whole path.
func htmlFiles(t *testing.T, dir string, folders []string) (files []string) {
	t.Helper()
	for _, folder := range folders {
		before := len(files)
		edition, below, _ := strings.Cut(folder, "/")
		for _, p := range pages(t, edition) {
			if p.name == below || strings.HasPrefix(p.name, below+"/") {
				files = append(files, filepath.Join(dir, edition, filepath.FromSlash(p.name)))
			}
		}
		if len(files) == before {
			t.Fatalf("%s has no pages", folder)
		}
	}
	return files
}

// java finds a Java that runs: macOS has a command of that name even where there is none, and Homebrew keeps its own off the PATH.
func java(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"java", "/opt/homebrew/opt/openjdk/bin/java", "/usr/local/opt/openjdk/bin/java"} {
		if exec.Command(name, "-version").Run() == nil {
			return name
		}
	}
	t.Fatal("there is no Java: ./test browser installs it")
	return ""
}

// needTools skips the tests that need more than Go, unless they were asked for.
func needTools(t *testing.T) {
	t.Helper()
	if os.Getenv("LECTERN_BROWSERS") != "1" {
		t.Skip("needs browsers, Node and Java: run with LECTERN_BROWSERS=1, or ./test browser")
	}
	if _, err := os.Stat("node_modules"); err != nil {
		t.Skip("internal/browsertest/node_modules is not there: ./test browser installs it")
	}
}
