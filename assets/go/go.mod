module golanes/twins

go 1.21
