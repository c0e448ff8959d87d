package course

import (
	"slices"
	"testing"

	"lectern/internal/diag"
)

func doc(s string) Document {
	return Document{File: s + ".md", Title: NewText("title", KindTitle, s, diag.Pos{})}
}

func TestView(t *testing.T) {
	all := Trial{
		Phases: []Phase{{ID: "p1", Kind: Investigation, Cues: []Prose{{}}}, {ID: "p2", Kind: Hearing}, {ID: "p3", Kind: Debriefing}},
		Roles: []Role{
			{ID: "a", Alone: true, Brief: doc("a"), Secret: doc("a-secret"), NotKnown: []Ref{{ID: "f"}}},
			{ID: "b", Brief: doc("b"), Secret: doc("b-secret")},
		},
		Facts: []Fact{{ID: "f"}},
		Exhibits: []Exhibit{
			{ID: "open", Document: doc("open"), Admissibility: &Admissibility{}},
			{ID: "b-only", Document: doc("b-only"), Sight: Sight{Roles: []Ref{{ID: "b"}}}},
			{ID: "cut", Document: doc("whole"), Sight: Sight{Roles: []Ref{{ID: "b"}}}, Redacted: &Redaction{doc("redacted"), []Ref{{ID: "a"}}}},
			{ID: "late", Document: doc("late"), Sight: Sight{From: Ref{ID: "p3"}}},
		},
		Statements: []Statement{{ID: "s", Inconsistencies: []Inconsistency{{}}}},
		Decisions: []Decision{
			{ID: "d1", Roles: []Ref{{ID: "a"}}, Options: []Choice{{Next: Ref{ID: "e1"}}}},
			{ID: "d2", Roles: []Ref{{ID: "b"}}, Options: []Choice{{Next: Ref{ID: "e2"}}}},
		},
		Endings: []Ending{{ID: "e1"}, {ID: "e2"}},
		Rubric:  []Criterion{{ID: "c1", Roles: []Ref{{ID: "a"}}}, {ID: "c2", Roles: []Ref{{ID: "b"}}}},
		Adapt:   Prose{Text: NewText("adapt", KindParagraph, "adapt", diag.Pos{})},
		Outcome: Prose{Text: NewText("outcome", KindParagraph, "outcome", diag.Pos{})},
	}
	v := all.View("a")
	var seen []string
	for _, e := range v.Exhibits {
		seen = append(seen, e.Document.Title.Value)
		if e.Admissibility != nil || e.Redacted != nil {
			t.Errorf("exhibit %s holds a ruling or its other variant", e.ID)
		}
	}
	if want := []string{"open", "redacted"}; !slices.Equal(seen, want) {
		t.Errorf("exhibits %v, want %v", seen, want)
	}
	if v.Roles[0].Secret.File == "" || v.Roles[1].Secret.File != "" || v.Roles[0].NotKnown != nil {
		t.Errorf("secrets: %+v", v.Roles)
	}
	if v.Facts != nil || v.Adapt.Source != "" || v.Outcome.Source != "" || v.Phases[0].Cues != nil || v.Statements[0].Inconsistencies != nil {
		t.Error("the view holds what is for facilitators")
	}
	if len(v.Decisions) != 1 || v.Decisions[0].ID != "d1" || len(v.Endings) != 1 || v.Endings[0].ID != "e1" || len(v.Rubric) != 1 {
		t.Errorf("the view holds another role's path: %v %v %v", v.Decisions, v.Endings, v.Rubric)
	}
	if all.Exhibits[0].Admissibility == nil || all.Statements[0].Inconsistencies == nil {
		t.Error("View changed the trial")
	}
}
