package schemas

// Normalise makes every list that the JSON form always carries an empty one instead of null, so that a release has one JSON form.
func (r *Release) Normalise() {
	r.Blocks = notNil(r.Blocks)
	r.Quotes = notNil(r.Quotes)
	r.People = notNil(r.People)
	r.Dates = notNil(r.Dates)
	r.Credits = notNil(r.Credits)
	r.Images = notNil(r.Images)
	r.Attachments = notNil(r.Attachments)
	for i := range r.Quotes {
		r.Quotes[i].Spans = notNil(r.Quotes[i].Spans)
	}
	for i := range r.People {
		r.People[i].Roles = notNil(r.People[i].Roles)
		r.People[i].Mentions = notNil(r.People[i].Mentions)
	}
}

func notNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
