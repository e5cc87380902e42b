package page

func (r *reader) contactFrom(bs []block) {}
