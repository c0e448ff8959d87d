package markdown

import (
	"reflect"
	"testing"
)

var sameTexts = []string{
	"The **act** of a [recruiter](term:x) is proved.[^1]", "Un **acte** par un [recruteur](term:x) est prouvé.[^1]",
	"字**字**字", "字。**字。**字", "a*b*c", "a_b_c", "*a*", "**a*", "[a](b) c", "[a](c) c", "[^1] a", "[^2] a", "- a", "1. a", "a\n# b",
	"a `b`", "<b>", "[a *b](x) c*", "[a b](x) *c*", "*a (b)*", "* a", "a * b", "", "[a]", "[a][b]", "[a]: b", "![a](b)", "*(*b*)*", "*«a»*b", "a\"**字*", "a\x82**字*",
}

// FuzzSameShape holds SameShape to what the parser says: it may miss texts that are the same, never the reverse.
func FuzzSameShape(f *testing.F) {
	for _, a := range sameTexts {
		for _, b := range sameTexts {
			f.Add(a, b)
		}
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if SameShape(a, b) && !reflect.DeepEqual(ShapeOf(a), ShapeOf(b)) {
			t.Errorf("%q is %+v, %q is %+v", a, ShapeOf(a), b, ShapeOf(b))
		}
	})
}

func TestSameShapeSparesTheParser(t *testing.T) {
	if !SameShape(sameTexts[0], sameTexts[1]) {
		t.Errorf("%q and %q need no parser", sameTexts[0], sameTexts[1])
	}
}
