namespace Secrets.Injection.Tests.References;

internal sealed class ParseTests
{
    [Test]
    public void A_text_is_split_into_text_and_references()
    {
        SecretTemplate template = SecretTemplate.Parse("Host=db;Username={{db.user}};Password={{db.password | connection-string}}");

        Assert.That(template.Segments.Select(segment => segment.ToString()), Is.EqualTo(new[]
        {
            "Host=db;Username=", "{{db.user}}", ";Password=", "{{ db.password | connection-string }}",
        }));
        Assert.That(template.Lookups, Is.EqualTo(new[] { new SecretLookup("db") }));
        Assert.That(template.References[1].Encoder, Is.SameAs(SecretEncoder.ConnectionString));
    }

    [TestCase("{{db.user}}", "db", "user", SecretSyntaxes.DoubleBraces)]
    [TestCase("<<db.user>>", "db", "user", SecretSyntaxes.DoubleAngles)]
    [TestCase("${DB_USER}", "DB_USER", null, SecretSyntaxes.DollarBraces)]
    [TestCase("$<DB_USER>", "DB_USER", null, SecretSyntaxes.DollarAngles)]
    [TestCase("{{ \t\r\n db.user \n}}", "db", "user", SecretSyntaxes.DoubleBraces)]
    [TestCase("{{db.a.b.c}}", "db", "a.b.c", SecretSyntaxes.DoubleBraces)]
    [TestCase("{{regcred..dockerconfigjson}}", "regcred", ".dockerconfigjson", SecretSyntaxes.DoubleBraces)]
    [TestCase("{{\"dotted.name\".key}}", "dotted.name", "key", SecretSyntaxes.DoubleBraces)]
    [TestCase("{{\"a \\\"b\\\" }}\".\"k\\\\\\u00e9\"}}", "a \"b\" }}", "k\\é", SecretSyntaxes.DoubleBraces)]
    [TestCase("{{prod/db-1.tls.crt}}", "prod/db-1", "tls.crt", SecretSyntaxes.DoubleBraces)]
    [TestCase("{{schlüssel.größe}}", "schlüssel", "größe", SecretSyntaxes.DoubleBraces)]
    public void Each_syntax_names_a_secret_and_a_key(string text, string name, string? key, SecretSyntaxes syntax)
    {
        SecretReference reference = SecretTemplate.Parse(text).References.Single();

        Assert.Multiple(() =>
        {
            Assert.That(reference.Lookup, Is.EqualTo(new SecretLookup(name)));
            Assert.That(reference.Key, Is.EqualTo(key));
            Assert.That(reference.Syntax, Is.EqualTo(syntax));
        });
    }

    [Test]
    public void A_reference_may_have_scope_version_default_and_encoder()
    {
        SecretReference reference = SecretTemplate.Parse("{{ project:db.password @3f2a-1 ?? \"a \\\"b\\\"\\n\" | url }}").References.Single();

        Assert.Multiple(() =>
        {
            Assert.That(reference.Lookup, Is.EqualTo(new SecretLookup("db") { ScopeKind = "project", Version = new SecretVersion("3f2a-1") }));
            Assert.That(reference.Key, Is.EqualTo("password"));
            Assert.That(reference.Default, Is.EqualTo("a \"b\"\n"));
            Assert.That(reference.Encoder, Is.SameAs(SecretEncoder.Url));
        });
    }

    [Test]
    public void Two_adjacent_references_are_two()
    {
        SecretTemplate template = SecretTemplate.Parse("{{a.b}}{{c.d}}<<e.f>>${G}$<H>");

        Assert.That(template.References.Select(reference => reference.QualifiedName), Is.EqualTo(new[] { "a.b", "c.d", "e.f", "G", "H" }));
        Assert.That(template.Segments, Has.Count.EqualTo(5));
    }

    [TestCase("$ref(name)")]
    [TestCase("$NAME and $(NAME) and %NAME%")]
    [TestCase("{Timestamp:HH:mm} {Message} {0} {{", SecretSyntaxes.DollarAngles)]
    [TestCase("{name.key} <name.key> {\"a\":{\"b\":1}}")]
    [TestCase("C:\\dir\\file \\\\server\\share \\n")]
    [TestCase("100 $ < 200 $")]
    [TestCase("${longdate}|${level}", SecretSyntaxes.ConfigurationDefault)]
    [TestCase("\\${longdate}", SecretSyntaxes.ConfigurationDefault)]
    [TestCase("{{a.b}}<<c.d>>${E}$<F>", SecretSyntaxes.None)]
    [TestCase("")]
    public void What_only_looks_like_a_reference_is_text(string text, SecretSyntaxes syntaxes = SecretSyntaxes.All)
    {
        SecretTemplate template = SecretTemplate.Parse(text, new SecretTemplateOptions { Syntaxes = syntaxes });

        Assert.That(template.HasReferences, Is.False);
        Assert.That(string.Concat(template.Segments), Is.EqualTo(text));
    }

    [TestCase("\\{{a.b}}", "{{a.b}}")]
    [TestCase("\\<<a.b>>", "<<a.b>>")]
    [TestCase("\\${A}", "${A}")]
    [TestCase("\\$<A>", "$<A>")]
    [TestCase("\\{{{{", "{{{{")]
    [TestCase("\\${{ secrets.X }}", "${{ secrets.X }}")]
    [TestCase("\\\\\\{{a.b}}", "\\{{a.b}}")]
    [TestCase("a\\{{b\\\\c\\<<d", "a{{b\\\\c<<d")]
    public void A_backslash_makes_an_opener_text(string text, string expected)
    {
        SecretTemplate template = SecretTemplate.Parse(text);

        Assert.That(template.HasReferences, Is.False);
        Assert.That(template.Segments.Single().ToString(), Is.EqualTo(expected));
    }

    [TestCase("\\\\{{a.b}}", "\\")]
    [TestCase("C:\\dir\\\\{{a.b}}", "C:\\dir\\")]
    [TestCase("\\\\\\\\${A}", "\\\\")]
    [TestCase("{{{a.b}}}", "{", "}")]
    [TestCase("<<<<a.b>>>", "<<", ">")]
    [TestCase("${{a.b}}", "$")]
    [TestCase("$${A}", "$")]
    [TestCase("<password><<db.password>></password>", "<password>", "</password>")]
    [TestCase("{\"a\":{{a.b}}}", "{\"a\":", "}")]
    public void What_stands_around_a_reference_is_kept(string text, params string[] around)
    {
        SecretTemplate template = SecretTemplate.Parse(text);

        Assert.That(template.References, Has.Count.EqualTo(1));
        Assert.That(template.Segments.Where(segment => segment.Reference is null).Select(segment => segment.ToString()), Is.EqualTo(around));
    }

    [Test]
    public void A_reference_knows_its_place()
    {
        SecretTemplate template = SecretTemplate.Parse("a\r\nb {{x.y}}\n\n  ${Z}", new SecretTemplateOptions { Source = "app.env" });

        Assert.Multiple(() =>
        {
            Assert.That(template.References[0].Place, Is.EqualTo(new SecretPlace("app.env", null, 5, 2, 3)));
            Assert.That(template.References[1].Place.ToString(), Is.EqualTo("app.env:4:3"));
        });
    }
}
