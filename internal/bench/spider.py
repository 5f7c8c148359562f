"""The least that a crawl with Scrapy can be: it follows the links of the sites,
one request at a time, and keeps nothing."""

import scrapy


class Spider(scrapy.Spider):
    name = "links"
    custom_settings = {
        "CONCURRENT_REQUESTS": 1,
        "DOWNLOAD_DELAY": 0,
        "LOG_LEVEL": "INFO",  # the statistics at the end tell the number of pages
        "ROBOTSTXT_OBEY": True,
        "TELNETCONSOLE_ENABLED": False,
    }

    def __init__(self, start, **kwargs):
        super().__init__(**kwargs)
        self.start_urls = start.split(",")

    def parse(self, response):
        for link in response.css("a::attr(href)").getall():
            if not link.startswith("#"):
                yield response.follow(link)
