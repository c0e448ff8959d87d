package qti

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lectern/internal/diag"
	"lectern/internal/pack/bank"
)

var pos = diag.Pos{}

// The content models of what we write, in the names of version 2.1: attributes, those with ! required, and children, in order. A child
// group in capitals is one of the sets below; TEXT allows words.
var models = map[string][2]string{
	"assessmentItem":          {"identifier! title! adaptive! timeDependent! xml:lang", "responseDeclaration* outcomeDeclaration* itemBody responseProcessing? modalFeedback*"},
	"responseDeclaration":     {"identifier! cardinality! baseType!", "correctResponse? mapping?"},
	"correctResponse":         {"", "value+"},
	"defaultValue":            {"", "value+"},
	"value":                   {"", "TEXT"},
	"mapping":                 {"defaultValue! lowerBound upperBound", "mapEntry+"},
	"mapEntry":                {"mapKey! mappedValue! caseSensitive", ""},
	"outcomeDeclaration":      {"identifier! cardinality! baseType! normalMaximum masteryValue", "defaultValue?"},
	"itemBody":                {"dir", "BLOCK+"},
	"rubricBlock":             {"view! xml:lang", "BLOCK+"},
	"modalFeedback":           {"outcomeIdentifier! showHide! identifier!", "FLOW+"},
	"contentBody":             {"dir", "FLOW+"},
	"prompt":                  {"", "INLINE+"},
	"choiceInteraction":       {"responseIdentifier! shuffle! maxChoices!", "prompt? simpleChoice+"},
	"orderInteraction":        {"responseIdentifier! shuffle!", "prompt? simpleChoice+"},
	"simpleChoice":            {"identifier!", "FLOW+"},
	"matchInteraction":        {"responseIdentifier! shuffle! maxAssociations!", "prompt? simpleMatchSet simpleMatchSet"},
	"simpleMatchSet":          {"", "simpleAssociableChoice+"},
	"simpleAssociableChoice":  {"identifier! matchMax!", "FLOW+"},
	"hottextInteraction":      {"responseIdentifier! maxChoices!", "prompt? BLOCK+"},
	"hottext":                 {"identifier!", "INLINE+"},
	"hotspotInteraction":      {"responseIdentifier! maxChoices!", "prompt? PICTURE hotspotChoice+"},
	"hotspotChoice":           {"identifier! shape! coords! hotspotLabel", ""},
	"extendedTextInteraction": {"responseIdentifier!", "prompt?"},
	"textEntryInteraction":    {"responseIdentifier!", ""},
	"inlineChoiceInteraction": {"responseIdentifier! shuffle!", "inlineChoice+"},
	"inlineChoice":            {"identifier!", "TEXT"},

	"responseProcessing": {"", "RULE+"},
	"outcomeProcessing":  {"", "setOutcomeValue+"},
	"responseCondition":  {"", "responseIf responseElseIf* responseElse?"},
	"responseIf":         {"", "EXPRESSION RULE+"},
	"responseElseIf":     {"", "EXPRESSION RULE+"},
	"responseElse":       {"", "RULE+"},
	"setOutcomeValue":    {"identifier!", "EXPRESSION"},
	"variable":           {"identifier!", ""},
	"correct":            {"identifier!", ""},
	"mapResponse":        {"identifier!", ""},
	"baseValue":          {"baseType!", "TEXT"},
	"match":              {"", "EXPRESSION EXPRESSION"},
	"stringMatch":        {"caseSensitive!", "EXPRESSION EXPRESSION"},
	"gte":                {"", "EXPRESSION EXPRESSION"},
	"lte":                {"", "EXPRESSION EXPRESSION"},
	"divide":             {"", "EXPRESSION EXPRESSION"},
	"product":            {"", "EXPRESSION+"},
	"sum":                {"", "EXPRESSION+"},
	"and":                {"", "EXPRESSION+"},
	"or":                 {"", "EXPRESSION+"},
	"multiple":           {"", "EXPRESSION+"},
	"index":              {"n!", "EXPRESSION"},
	"testVariables":      {"variableIdentifier! weightIdentifier excludeCategory", ""},
	"outcomeMaximum":     {"outcomeIdentifier! weightIdentifier excludeCategory", ""},

	"assessmentTest":     {"identifier! title!", "outcomeDeclaration* timeLimits? testPart+ outcomeProcessing?"},
	"testPart":           {"identifier! navigationMode! submissionMode!", "assessmentSection+"},
	"assessmentSection":  {"identifier! title! visible!", "itemSessionControl? selection? rubricBlock* assessmentItemRef*"},
	"itemSessionControl": {"maxAttempts showFeedback", ""},
	"selection":          {"select!", ""},
	"timeLimits":         {"maxTime allowLateSubmission", ""},
	"assessmentItemRef":  {"identifier! href! category", "weight*"},
	"weight":             {"identifier! value!", ""},

	"p": {"", "INLINE*"}, "h1": {"", "INLINE*"}, "h2": {"", "INLINE*"}, "h3": {"", "INLINE*"}, "h4": {"", "INLINE*"}, "h5": {"", "INLINE*"}, "h6": {"", "INLINE*"},
	"em": {"", "INLINE*"}, "strong": {"", "INLINE*"}, "code": {"class", "INLINE*"}, "span": {"class", "INLINE*"}, "pre": {"", "INLINE*"},
	"br": {"", ""}, "hr": {"", ""}, "img": {"src! alt! width height", ""}, "object": {"data! type! width height", "TEXT"},
	"ul": {"", "li*"}, "ol": {"", "li*"}, "li": {"", "FLOW*"}, "blockquote": {"", "BLOCK*"}, "div": {"class", "FLOW*"},
	"dl": {"", "(dt|dd)*"}, "dt": {"", "INLINE*"}, "dd": {"", "FLOW*"},
	"table": {"", "thead? tbody+"}, "thead": {"", "tr+"}, "tbody": {"", "tr+"}, "tr": {"", "(th|td)*"}, "th": {"", "FLOW*"}, "td": {"", "FLOW*"},
}

var sets = map[string]string{
	"INLINE":     "em|strong|code|span|br|img|textEntryInteraction|inlineChoiceInteraction|hottext",
	"BLOCK":      "p|h[1-6]|pre|ul|ol|dl|blockquote|hr|table|div|rubricBlock|(?:choice|order|match|hottext|hotspot|extendedText)Interaction",
	"PICTURE":    "object|img",
	"RULE":       "responseCondition|setOutcomeValue",
	"EXPRESSION": "variable|correct|mapResponse|baseValue|match|stringMatch|gte|lte|divide|product|sum|and|or|multiple|index|testVariables|outcomeMaximum",
}

func init() { sets["FLOW"] = sets["INLINE"] + "|" + sets["BLOCK"] }

// pattern makes a regular expression over the names of children of a content model.
func pattern(model string) *regexp.Regexp {
	var out strings.Builder
	out.WriteString("^")
	for _, part := range strings.Fields(model) {
		count := ""
		if strings.ContainsAny(part[len(part)-1:], "?*+") {
			part, count = part[:len(part)-1], part[len(part)-1:]
		}
		if set, ok := sets[part]; ok {
			part = set
		}
		fmt.Fprintf(&out, "(?:(?:%s) )%s", part, count)
	}
	return regexp.MustCompile(out.String() + "$")
}

var ncName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)

// validator holds a package to the rules that clients are known to trip over.
type validator struct {
	t     testing.TB
	v     Version
	files map[string][]byte
}

// validate checks a whole package.
func validate(t testing.TB, v Version, contents []byte) {
	t.Helper()
	c := validator{t: t, v: v, files: map[string][]byte{}}
	z, err := zip.NewReader(bytes.NewReader(contents), int64(len(contents)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
		if f.Method != zip.Deflate || !f.Modified.Equal(epoch) {
			t.Errorf("%s is packed with method %d at %v", f.Name, f.Method, f.Modified)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if c.files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.IsSorted(names) {
		t.Errorf("the files are not sorted: %v", names)
	}
	c.manifest()
	xsd(t, v, c.files)
}

func (c validator) errorf(file, format string, args ...any) {
	c.t.Helper()
	c.t.Errorf("%s %s: %s\n%s", c.v, file, fmt.Sprintf(format, args...), c.files[file])
}

// manifest checks that the manifest lists every file, and each of them.
func (c validator) manifest() {
	root, bad := bank.ParseXML("imsmanifest.xml", c.files["imsmanifest.xml"])
	if bad != nil {
		c.t.Fatal(bad)
	}
	listed, ids := map[string]bool{"imsmanifest.xml": true}, map[string]string{}
	resources := root.First("resources").All("resource")
	for _, r := range resources {
		id := r.Attr("identifier")
		if ids[id] != "" || !ncName.MatchString(id) {
			c.errorf("imsmanifest.xml", "resource identifier %q", id)
		}
		ids[id] = r.Attr("href")
	}
	for _, r := range resources {
		href := r.Attr("href")
		if r.First("file").Attr("href") != href {
			c.errorf("imsmanifest.xml", "the first file of %s is not the resource's", href)
		}
		for _, f := range r.All("file") {
			listed[f.Attr("href")] = true
			if c.files[f.Attr("href")] == nil {
				c.errorf("imsmanifest.xml", "there is no file %s", f.Attr("href"))
			}
		}
		needs := map[string]bool{}
		for _, d := range r.All("dependency") {
			needs[ids[d.Attr("identifierref")]] = true
		}
		c.document(href, r, needs)
	}
	for name := range c.files {
		if !listed[name] {
			c.errorf("imsmanifest.xml", "%s is not listed", name)
		}
	}
}

// document checks an item or a test.
func (c validator) document(file string, resource *bank.Node, needs map[string]bool) {
	root, bad := bank.ParseXML(file, c.files[file])
	if bad != nil {
		c.t.Fatal(bad)
	}
	namespace := "http://www.imsglobal.org/xsd/imsqti_v2p1"
	if c.v == V30 {
		namespace = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
	}
	c.names(file, root, namespace)
	canonical(root)
	c.element(file, root)
	if root.Name == "assessmentItem" {
		if resource.Attr("type") != c.v.resource("item") {
			c.errorf(file, "the manifest says %s", resource.Attr("type"))
		}
		checked{root: root, c: c, file: file}.check(resource)
		return
	}
	ids := map[string]bool{}
	for _, ref := range all(root, "assessmentItemRef") {
		if !needs[ref.Attr("href")] || ids[ref.Attr("identifier")] {
			c.errorf(file, "the reference %s", ref.Attr("identifier"))
		}
		ids[ref.Attr("identifier")] = true
	}
	if len(ids) != len(needs) {
		c.errorf(file, "%d references, %d dependencies", len(ids), len(needs))
	}
}

// names checks that no name is of the other version.
func (c validator) names(file string, n *bank.Node, namespace string) {
	if n.Name == "" {
		return
	}
	_, borrowed := html[n.Name]
	kebabs, camels := strings.Contains(n.Name, "-"), n.Name != strings.ToLower(n.Name)
	ours := !kebabs
	if c.v == V30 {
		ours = !camels && borrowed != strings.HasPrefix(n.Name, "qti-")
	}
	if n.Space != namespace || !ours {
		c.errorf(file, "the element <%s> in %s", n.Name, n.Space)
	}
	for _, a := range n.Attrs {
		if a.Name.Space == "" && (c.v == V30 && a.Name.Local != strings.ToLower(a.Name.Local) || c.v == V21 && strings.Contains(a.Name.Local, "-")) {
			c.errorf(file, "the attribute %s", a.Name.Local)
		}
	}
	for _, child := range n.Children {
		c.names(file, child, namespace)
	}
}

// element checks an element against its content model.
func (c validator) element(file string, n *bank.Node) {
	model, ok := models[n.Name]
	if !ok {
		c.errorf(file, "no such element <%s>", n.Name)
		return
	}
	attrs := strings.Fields(model[0])
	for _, a := range n.Attrs {
		name := a.Name.Local
		if a.Name.Space == "http://www.w3.org/XML/1998/namespace" {
			name = "xml:" + name
		}
		if a.Name.Space == "xmlns" || name == "xmlns" || a.Name.Space == "http://www.w3.org/2001/XMLSchema-instance" || a.Name.Space == "" && name == "schemaLocation" {
			continue
		}
		at := slices.IndexFunc(attrs, func(a string) bool { return strings.TrimSuffix(a, "!") == name })
		if at < 0 {
			c.errorf(file, "<%s> has no attribute %s", n.Name, name)
			continue
		}
		attrs = slices.Delete(attrs, at, at+1)
	}
	for _, a := range attrs {
		if strings.HasSuffix(a, "!") {
			c.errorf(file, "<%s> lacks the attribute %s", n.Name, a)
		}
	}
	kids, text := "", false
	for _, child := range n.Children {
		if child.Name != "" {
			kids += child.Name + " "
			c.element(file, child)
		} else if strings.TrimSpace(child.Text) != "" {
			text = true
		}
	}
	want := model[1]
	if c.v == V30 && (n.Name == "modalFeedback" || n.Name == "rubricBlock") {
		want = "contentBody"
	}
	switch {
	case want == "TEXT":
		if kids != "" {
			c.errorf(file, "<%s> holds %s", n.Name, kids)
		}
	case strings.HasPrefix(want, "INLINE") || strings.HasPrefix(want, "FLOW"):
		if !pattern(strings.TrimRight(want, "+*")+"*").MatchString(kids) || strings.HasSuffix(want, "+") && kids == "" && !text {
			c.errorf(file, "<%s> holds %q", n.Name, kids)
		}
	case text:
		c.errorf(file, "bare text in <%s>", n.Name)
	case !pattern(want).MatchString(kids):
		c.errorf(file, "<%s> holds %q, not %s", n.Name, kids, want)
	}
}

// all lists the elements with a name, at any depth.
func all(n *bank.Node, name string) []*bank.Node {
	var out []*bank.Node
	for _, c := range n.Children {
		if c.Name == name {
			out = append(out, c)
		}
		out = append(out, all(c, name)...)
	}
	return out
}

// checked is what a rule of an item needs at hand.
type checked struct {
	root *bank.Node
	c    validator
	file string
}

// check holds an item to what its schema cannot say.
func (i checked) check(resource *bank.Node) {
	outcomes, responses := map[string]bool{}, map[string]*bank.Node{}
	for _, d := range i.root.All("outcomeDeclaration") {
		outcomes[d.Attr("identifier")] = true
	}
	for _, d := range i.root.All("responseDeclaration") {
		id := d.Attr("identifier")
		if responses[id] != nil || outcomes[id] || !ncName.MatchString(id) {
			i.c.errorf(i.file, "the response %q", id)
		}
		responses[id] = d
	}
	choices := map[string]bool{}
	used := map[string]bool{}
	for _, n := range find(i.root.First("itemBody"), nil) {
		response := n.Attr("responseIdentifier")
		if responses[response] == nil || used[response] {
			i.c.errorf(i.file, "<%s> asks for %q", n.Name, response)
			continue
		}
		used[response] = true
		var own []string
		for _, kind := range []string{"simpleChoice", "simpleAssociableChoice", "inlineChoice", "hottext", "hotspotChoice"} {
			for _, choice := range all(n, kind) {
				id := choice.Attr("identifier")
				if !ncName.MatchString(id) || choices[id] || outcomes[id] || responses[id] != nil || id == "duration" {
					i.c.errorf(i.file, "the choice %q", id)
				}
				choices[id] = true
				own = append(own, id)
			}
		}
		i.response(n, responses[response], own)
	}
	if len(used) != len(responses) {
		i.c.errorf(i.file, "%d interactions, %d responses", len(used), len(responses))
	}
	i.processing(outcomes, responses)
	listed := map[string]bool{}
	for _, f := range resource.All("file") {
		listed[f.Attr("href")] = true
	}
	for _, n := range append(all(i.root, "img"), all(i.root, "object")...) {
		if address := n.Attr("src") + n.Attr("data"); !listed[address] {
			i.c.errorf(i.file, "the picture %s is not listed", address)
		}
	}
	for _, name := range []string{"identifier"} {
		if !ncName.MatchString(i.root.Attr(name)) || path.Base(i.file) != i.root.Attr(name)+".xml" {
			i.c.errorf(i.file, "the item's identifier %q", i.root.Attr(name))
		}
	}
}

// shapes are the cardinality and base type that interactions want (QTI 2.1 information model, section 7).
var shapes = map[string]string{
	"choiceInteraction": "(single|multiple) identifier", "orderInteraction": "ordered identifier", "matchInteraction": "multiple directedPair",
	"hottextInteraction": "multiple identifier", "hotspotInteraction": "multiple identifier", "extendedTextInteraction": "single string",
	"textEntryInteraction": "single (string|float)", "inlineChoiceInteraction": "single identifier",
}

// response checks a declaration against its interaction: every correct value and every key names a choice.
func (i checked) response(n, d *bank.Node, choices []string) {
	kind := d.Attr("cardinality") + " " + d.Attr("baseType")
	if !regexp.MustCompile("^" + shapes[n.Name] + "$").MatchString(kind) {
		i.c.errorf(i.file, "<%s> with a response that is %s", n.Name, kind)
	}
	var keys []string
	for _, v := range all(d, "value") {
		keys = append(keys, v.Content())
	}
	if d.Attr("cardinality") == "single" && len(keys) > 1 {
		i.c.errorf(i.file, "a single response with %d values", len(keys))
	}
	var entries []string
	for _, e := range all(d, "mapEntry") {
		entries = append(entries, e.Attr("mapKey"))
	}
	if slices.Sort(entries); len(slices.Compact(slices.Clone(entries))) != len(entries) {
		i.c.errorf(i.file, "a key stands twice in %v", entries)
	}
	for _, k := range append(keys, entries...) {
		for _, part := range strings.Fields(k) {
			if strings.Contains(kind, "string") || strings.Contains(kind, "float") {
				break
			}
			if !slices.Contains(choices, part) {
				i.c.errorf(i.file, "%q names no choice of <%s>", k, n.Name)
			}
		}
	}
}

// processing checks that rules use what is declared and feedback what is set.
func (i checked) processing(outcomes map[string]bool, responses map[string]*bank.Node) {
	rules := i.root.First("responseProcessing")
	if rules == nil {
		rules = &bank.Node{}
	}
	known := func(id string) bool { return outcomes[id] || responses[id] != nil }
	for _, name := range []string{"variable", "correct", "mapResponse"} {
		for _, n := range all(rules, name) {
			id := n.Attr("identifier")
			if !known(id) || name == "correct" && responses[id].First("correctResponse") == nil || name == "mapResponse" && responses[id].First("mapping") == nil {
				i.c.errorf(i.file, "<%s> of %q", name, id)
			}
		}
	}
	for _, n := range all(rules, "setOutcomeValue") {
		if !outcomes[n.Attr("identifier")] {
			i.c.errorf(i.file, "the outcome %q is set and not declared", n.Attr("identifier"))
		}
	}
	said := map[string]bool{}
	for _, m := range i.root.All("modalFeedback") {
		if !outcomes[m.Attr("outcomeIdentifier")] || !ncName.MatchString(m.Attr("identifier")) {
			i.c.errorf(i.file, "the feedback %q", m.Attr("identifier"))
		}
		said[key(m.Attr("outcomeIdentifier"), m.Attr("identifier"))] = true
	}
	for _, n := range all(rules, "setOutcomeValue") {
		for _, b := range all(n, "baseValue") {
			if b.Attr("baseType") == "identifier" && !said[key(n.Attr("identifier"), b.Content())] {
				i.c.errorf(i.file, "%s holds %q, which says nothing", n.Attr("identifier"), b.Content())
			}
		}
	}
}

// xsd validates with xmllint where LECTERN_QTI_XSD names a folder with the schemas of 1EdTech, which may not be passed on: imsqti_v2p1.xsd
// and qtiv2p1_imscpv1p2_v1p0.xsd, imsqti_asiv3p0_v1p0.xsd and imsqtiv3p0_imscpv1p2_v1p0.xsd, with what they import beside them.
func xsd(t testing.TB, v Version, files map[string][]byte) {
	t.Helper()
	folder := os.Getenv("LECTERN_QTI_XSD")
	if folder == "" {
		return
	}
	item, manifest := "imsqti_v2p1.xsd", "qtiv2p1_imscpv1p2_v1p0.xsd"
	if v == V30 {
		item, manifest = "imsqti_asiv3p0_v1p0.xsd", "imsqtiv3p0_imscpv1p2_v1p0.xsd"
	}
	dir := t.TempDir()
	for name, contents := range files {
		schema := item
		if name == "imsmanifest.xml" {
			schema = manifest
		} else if path.Ext(name) != ".xml" {
			continue
		}
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, contents, 0o644); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command("xmllint", "--nonet", "--noout", "--schema", filepath.Join(folder, schema), file).CombinedOutput(); err != nil {
			t.Errorf("xmllint: %s", out)
		}
	}
}
