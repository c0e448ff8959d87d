package build_test
import ("testing";"os";"strings";"fmt";"lectern/internal/course")
func TestCap(t *testing.T) {
	w := tiny().module("1-m", "![A \"b\" \\* c &amp; d](images/picture.svg \"A \\\"caption\\\" & 'x' &amp; \\* *y*\")\n\n![Two](images/picture.svg \"Plain\")\n")
	w["modules/manual/1-m/images/picture.svg"] = picture
	w["translations/fr/manual/m/page.po"] = poHeader + "msgid \"Plain\"\nmsgstr \"Une \\\"légende\\\" & 'x'\"\n"
	out := w.build(t)
	for _, l := range []string{"en","fr"} {
	b, _ := os.ReadFile(out + "/"+l+"/manual/m/page/index.html")
	for _, l := range strings.Split(string(b), "\n") { if strings.Contains(l, "figcaption") || strings.Contains(l, "<img") { fmt.Println(l) } }
	}
	_ = course.Learner
}
