-- Whom an account at an OpenID provider opens: one officer, whoever else there is.
CREATE UNIQUE INDEX factor_provider ON factor (id) WHERE sort = 4;
