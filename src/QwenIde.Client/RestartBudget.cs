namespace QwenIde.Client;

/// <summary>Counts restarts and says how long to wait for the next one.</summary>
internal sealed class RestartBudget(RestartPolicy policy, TimeProvider time)
{
    private readonly Queue<long> _restarts = new();

    /// <summary>The wait before the next restart, or null when there were too many of late.</summary>
    internal TimeSpan? Next()
    {
        while (_restarts.TryPeek(out var oldest) && time.GetElapsedTime(oldest) > policy.Window)
            _restarts.Dequeue();
        if (_restarts.Count >= policy.Most)
            return null;
        var delay = policy.FirstDelay * Math.Pow(2, _restarts.Count);
        _restarts.Enqueue(time.GetTimestamp());
        return delay < policy.LongestDelay ? delay : policy.LongestDelay;
    }
}
