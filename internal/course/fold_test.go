package course

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// vectors reads cases that the browser's tests read too.
func vectors(t *testing.T, name string, into any) {
	t.Helper()
	b, err := os.ReadFile("../../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

type folding struct {
	Fold []struct {
		Name, Text, Folded string
		Case, Accents      bool
	}
	Near []struct {
		Name, Given, Accepted string
		Typos                 int
		Near                  bool
	}
	Numbers []struct {
		Text    string
		Numbers []float64
	}
}

func TestFold(t *testing.T) {
	var v folding
	vectors(t, "folding.json", &v)
	if n := len(v.Fold) + len(v.Near) + len(v.Numbers); n < 80 {
		t.Errorf("%d cases", n)
	}
	for _, c := range v.Fold {
		if got := Fold(c.Text, c.Case, c.Accents); got != c.Folded {
			t.Errorf("%s: Fold(%q) = %q, want %q", c.Name, c.Text, got, c.Folded)
		}
		if got := Fold(c.Folded, c.Case, c.Accents); got != c.Folded {
			t.Errorf("%s: folded again, %q becomes %q", c.Name, c.Folded, got)
		}
	}
	for _, c := range v.Near {
		if got := near(Fold(c.Given, false, false), Fold(c.Accepted, false, false), c.Typos); got != c.Near {
			t.Errorf("%s: near(%q, %q, %d) = %v", c.Name, c.Given, c.Accepted, c.Typos, got)
		}
	}
	for _, c := range v.Numbers {
		if got := Numbers(c.Text); !slices.Equal(got, c.Numbers) {
			t.Errorf("Numbers(%q) = %v, want %v", c.Text, got, c.Numbers)
		}
	}
}
