package schemas

// ContentID is the id of a release whose page has no known address: that of its bytes. Digest is Snapshot.Digest. Two stored pages share
// an id only when they are the same page, and none has the id of a release with an address.
func ContentID(source, digest string) string { return PageID(source, "sha256:"+digest) }
