package browsertest

import (
	"strings"
	"testing"
)

// Facilitators find their notes and answers on their pages, and learners none of them.
func TestEditions(t *testing.T) {
	// What only facilitators have, as classes of elements.
	marks := []string{"box-facilitator", "answer-key", "edition"}
	count := func(edition string) map[string]map[string]int { // by language and mark
		in := map[string]map[string]int{}
		for _, p := range pages(t, edition) {
			lang, _, ok := strings.Cut(p.name, "/")
			if !ok {
				continue
			}
			if in[lang] == nil {
				in[lang] = map[string]int{}
			}
			for _, n := range p.elements() {
				for _, mark := range marks {
					if hasClass(n, mark) {
						in[lang][mark]++
					}
				}
			}
		}
		return in
	}
	forLearners, forFacilitators := count(learner), count(facilitator)
	for _, lang := range languages {
		for _, mark := range marks {
			if n := forLearners[lang][mark]; n > 0 {
				t.Errorf("%s: learners get %d elements of class %s", lang, n, mark)
			}
			got, want := forFacilitators[lang][mark], forFacilitators["en"][mark]
			if got == 0 || got != want {
				t.Errorf("%s: facilitators get %d elements of class %s, in English %d", lang, got, mark, want)
			}
		}
	}
}
