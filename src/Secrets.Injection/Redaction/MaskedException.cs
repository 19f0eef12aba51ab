namespace Secrets;

/// <summary>Stands in for an exception whose text holds a value. An exception without one is passed as it is.</summary>
internal sealed class MaskedException : Exception
{
    private readonly string _text;
    private readonly string? _stackTrace;

    private MaskedException(Exception exception, SecretMasker masker)
        : base(masker.Mask(exception.Message), exception.InnerException is { } inner ? Of(inner, masker) : null)
    {
        _text = masker.Mask(exception.ToString());
        _stackTrace = exception.StackTrace is { } trace ? masker.Mask(trace) : null;
        HResult = exception.HResult;
        Source = exception.Source;
    }

    public override string? StackTrace => _stackTrace;

    public override string ToString() => _text;

    internal static Exception Of(Exception exception, SecretMasker masker)
    {
        // ToString of an overriding exception may leave out what Message, Data or an inner exception shows.
        for (Exception? one = exception; one is not null; one = one.InnerException)
        {
            if (masker.Finds(one.ToString()) || masker.Finds(one.Message) || DataHolds(one, masker)) return new MaskedException(exception, masker);
            if (one is AggregateException many && many.InnerExceptions.Any(inner => !ReferenceEquals(Of(inner, masker), inner)))
                return new MaskedException(exception, masker);
        }

        return exception;
    }

    private static bool DataHolds(Exception exception, SecretMasker masker)
    {
        foreach (object? value in exception.Data.Values)
        {
            if (value?.ToString() is { } text && masker.Finds(text)) return true;
        }

        return false;
    }
}
