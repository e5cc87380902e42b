package schemas_test

import (
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

func TestSubjects(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{schemas.ReleaseSubject("NW", "kreis-dueren", "abc"), "press.v1.release.nw.kreis-dueren.abc"},
		{schemas.ReleaseSubject("", "demo", "abc"), "press.v1.release.xx.demo.abc"},
		{schemas.ReleaseFilter("", ""), schemas.SubjectsRelease},
		{schemas.ReleaseFilter("BY", ""), "press.v1.release.by.*.*"},
		{schemas.ReleaseFilter("", "demo"), "press.v1.release.*.demo.*"},
		{schemas.RawSubject("demo", "p"), "press.v1.raw.demo.p"},
		{schemas.RawSubject("*", "*"), schemas.SubjectsRaw},
		{schemas.RunSubject("demo", "finished"), "press.v1.run.demo.finished"},
		{schemas.RunSubject("*", "*"), schemas.SubjectsRun},
		{schemas.RunFilter("", "held"), "press.v1.run.*.held"},
		{schemas.RunFilter("", ""), schemas.SubjectsRun},
	} {
		if c.got != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
}

func TestCheckToken(t *testing.T) {
	for _, good := range []string{"kreis-dueren", "a", "kreis9", "a-"} {
		if err := schemas.CheckToken(good); err != nil {
			t.Error(err)
		}
	}
	for _, bad := range []string{"", "9a", "-a", "Kreis", "kreis.dueren", "kreis düren", "düren", "a*", "a>", "a_b", "a\n"} {
		if schemas.CheckToken(bad) == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
}

func TestCheckState(t *testing.T) {
	for s, want := range map[string]bool{"NW": true, "by": true, "": false, "N": false, "NRW": false, "N1": false, "*": false, "N.": false, "Ä": false} {
		if got := schemas.CheckState(s) == nil; got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}
