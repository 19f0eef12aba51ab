namespace Secrets;

public sealed partial class SecretTemplate
{
    // A file that is full of another language's braces is told so often enough.
    private const int MostFaultsReported = 100;

    /// <summary>
    /// Parses a JSON document. References stand in strings and property names; a value is encoded for the string it stands in, so that
    /// nothing it holds can break the document. <c>"{{db.port | scalar}}"</c> becomes a bare number or boolean. Comments and trailing commas
    /// are let be.
    /// </summary>
    /// <param name="text">The document.</param>
    /// <param name="options">Syntaxes, encoders, source; null for <see cref="SecretTemplateOptions.Default"/>.</param>
    /// <returns>The template.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.MalformedReference"/>: a reference does not parse, or the document is not JSON (reason <c>json</c>).</exception>
    public static SecretTemplate ParseJson(string text, SecretTemplateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return JsonTemplateParser.Parse(text, options ?? SecretTemplateOptions.Default);
    }

    /// <summary>
    /// Parses a YAML document. References stand in scalars, keys included: plain, quoted, and in literal blocks. A scalar that holds one
    /// becomes double-quoted in the result, so that no value can break the document; <c>{{db.port | scalar}}</c> becomes a bare number or
    /// boolean. Comments hold no references, and <c>&lt;&lt;: *base</c> is YAML's own.
    /// </summary>
    /// <param name="text">The document, or several.</param>
    /// <param name="options">Syntaxes, encoders, source; null for <see cref="SecretTemplateOptions.Default"/>.</param>
    /// <returns>The template.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.MalformedReference"/>: a reference does not parse, or stands in a scalar that is folded over several lines
    /// (reason <c>yaml</c>).
    /// </exception>
    public static SecretTemplate ParseYaml(string text, SecretTemplateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return YamlTemplateParser.Parse(text, options ?? SecretTemplateOptions.Default);
    }

    /// <summary>
    /// Parses a dotenv file. References stand in values; a value that holds one becomes double-quoted in the result, so that nothing it
    /// holds ends the line, starts a comment or is substituted.
    /// </summary>
    /// <param name="text">The file's text.</param>
    /// <param name="options">
    /// Syntaxes, encoders, source; null for <see cref="SecretTemplateOptions.Configuration"/>, because <c>${NAME}</c> is dotenv's own
    /// substitution.
    /// </param>
    /// <returns>The template.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.MalformedReference"/>: a reference does not parse, or a quote is never closed (reason <c>dotenv</c>).</exception>
    public static SecretTemplate ParseDotenv(string text, SecretTemplateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return DotenvTemplateParser.Parse(text, options ?? SecretTemplateOptions.Configuration);
    }

    /// <summary>Parses a text in a mode.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mode">The mode, for instance of <c>SecretTemplateMode.ForFile(path)</c>.</param>
    /// <param name="options">Syntaxes, encoders, source; null for the mode's own default.</param>
    /// <returns>The template.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.MalformedReference"/>, as for the mode's own method.</exception>
    public static SecretTemplate Parse(string text, SecretTemplateMode mode, SecretTemplateOptions? options = null) => mode switch
    {
        SecretTemplateMode.Json => ParseJson(text, options),
        SecretTemplateMode.Yaml => ParseYaml(text, options),
        SecretTemplateMode.Dotenv => ParseDotenv(text, options),
        _ => Parse(text, options),
    };

    /// <summary>
    /// Parses as much as can be: a malformed reference counts as text and is reported, so that one look at a file tells all that is wrong with
    /// it. A document that is malformed as such ends the parse.
    /// </summary>
    internal static SecretTemplate? ParseLeniently(string text, SecretTemplateMode mode, SecretTemplateOptions options, Action<SecretException> report)
    {
        List<SecretTemplateFault> faults = [];
        SecretTemplate? template = null;
        try
        {
            template = mode switch
            {
                SecretTemplateMode.Json => JsonTemplateParser.Parse(text, options, faults),
                SecretTemplateMode.Yaml => YamlTemplateParser.Parse(text, options, faults),
                SecretTemplateMode.Dotenv => DotenvTemplateParser.Parse(text, options, faults),
                _ => ParseTextLeniently(text, options, faults),
            };
        }
        catch (SecretException malformed) when (malformed.Code == SecretErrorCode.MalformedReference)
        {
            report(malformed);
        }

        SecretPlaceCounter places = new(text, options);
        foreach (SecretTemplateFault fault in faults.OrderBy(fault => fault.Offset).Take(MostFaultsReported))
            report(fault.ToException(places.At(fault.Offset)));
        return template;
    }

    private static SecretTemplate ParseTextLeniently(string text, SecretTemplateOptions options, List<SecretTemplateFault> faults)
    {
        SecretTemplateBuilder builder = new();
        SecretTemplateScanner.TryScan(text, default, new SecretPlaceCounter(text, options), options, builder, out _, faults);
        return builder.Build(text, options, SecretTemplateMode.Text);
    }
}
