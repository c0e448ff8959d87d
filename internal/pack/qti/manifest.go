package qti

import (
	"lectern/internal/pack/bank"
)

// manifest lists the resources of a package (QTI 2.1 Content Packaging, section 3; QTI 3.0 Content Packaging, section 3).
type manifest struct {
	resources []*bank.Node
}

// resource is the type of a resource that is an item or a test.
func (v Version) resource(kind string) string {
	if v == V30 {
		return "imsqti_" + kind + "_xmlv3p0"
	}
	return "imsqti_" + kind + "_xmlv2p1"
}

// add lists a resource: its files, the first of which it begins with, and the identifiers of the resources that it depends on.
func (m *manifest) add(kind, id string, files, needs []string) {
	r := element("resource", "identifier", "resource."+id, "type", kind, "href", files[0])
	for _, f := range files {
		with(r, element("file", "href", f))
	}
	for _, id := range needs {
		with(r, element("dependency", "identifierref", "resource."+id))
	}
	m.resources = append(m.resources, r)
}

func (m *manifest) print(v Version) []byte {
	namespace, schema := "http://www.imsglobal.org/xsd/imscp_v1p1", "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"
	kind, version := "QTIv2.1 Package", "1.0.0"
	if v == V30 {
		namespace, schema = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1", "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd"
		kind, version = "QTI Package", "3.0.0"
	}
	root := with(element("manifest", "identifier", "MANIFEST"),
		with(element("metadata"), with(element("schema"), words(kind)), with(element("schemaversion"), words(version))),
		element("organizations"),
		with(element("resources"), m.resources...))
	p := printer{}
	p.document(root, namespace, schema)
	return []byte(p.out.String())
}
